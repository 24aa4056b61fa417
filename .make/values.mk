# What a user says with NAME=VALUE (included by ../Makefile and model.mk). A value is text: make expands nothing
# in it, a shell gets it from the environment or quoted, and what it cannot be, .make/values refuses in a line.

VALUES += MODEL FORM TARGET BATCH BLAS EXACT PRECISION TUNING FREEZE INIT KEY WEIGHTS OUT IMAGES ARGS DATA_URL DATA_MD5 PYTHON \
	STEPS ROUNDS FUZZ_SECONDS TUNE_SECONDS BASE CASES RUNS BUILD PROFILE V
# A line feed would not reach a shell: a tab, which is refused, stands for it.
define line_feed


endef
tab := $(shell printf '\t')
$(foreach name,$(VALUES),$(eval override $(name) := $$(subst $$(line_feed),$$(tab).,$$(value $(name)))))
export $(VALUES)
# A make below this one takes them from the environment; from a command line it would expand them.
MAKEOVERRIDES :=

# All outputs go there; from scripts, too.
override BUILD := $(or $(patsubst %/,%,$(BUILD)),build)

quote = '$(subst ','\'',$1)'
# As arguments, since $(shell) does not have what is exported.
fault := $(shell env $(foreach name,$(VALUES),$(name)=$(call quote,$($(name)))) .make/values 2>&1 && echo right)
ifneq ($(fault),right)
$(error $(or $(fault),castnet: .make/values does not run))
endif
