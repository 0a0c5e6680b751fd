"""The whole loop on a mailbox in this process: a server, lifelike mail, and somebody who reads it."""
