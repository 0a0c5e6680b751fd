"""Every decision about mail, time and conduct: values in, values out, nothing touched."""
