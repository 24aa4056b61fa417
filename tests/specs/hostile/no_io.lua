-- SPEC:2: io is not available in a spec and was not set
io.open("/etc/passwd")
