-- SPEC:2: unfinished string near '"abc'
return "abc
