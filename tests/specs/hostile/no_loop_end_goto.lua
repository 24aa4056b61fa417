-- SPEC:3: the spec ran for 400000 lines without an end
::again::
goto again
