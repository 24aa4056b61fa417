-- SPEC:2: loadfile is not available in a spec and was not set
loadfile("/etc/passwd")
