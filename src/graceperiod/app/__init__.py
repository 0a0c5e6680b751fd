"""The steps that join decisions (`core`) to the world (`ports`)."""
