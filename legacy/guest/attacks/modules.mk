# SPDX-License-Identifier: BSD-2-Clause
#
# The attacks that run in kernel mode, built against Debian's own kernel headers.
# kbuild writes beside its sources, hence the copies in OUT. Called by scripts/guest-build. What is
# written for one processor lies in modules/ARCH, under the same names for each.

SOURCES = $(wildcard modules/*.[ch] modules/$(ARCH)/*.[ch])

all: $(OUT)/Makefile $(addprefix $(OUT)/,$(notdir $(SOURCES)))
	$(MAKE) -s -C $(HEADERS) M=$(OUT) CROSS_COMPILE=$(CROSS) KBUILD_MODPOST_WARN=0 modules

$(OUT)/Makefile: modules/Kbuild
	mkdir -p $(OUT)
	cp $< $@

$(OUT)/%: modules/% | $(OUT)/Makefile
	cp $< $@

$(OUT)/%: modules/$(ARCH)/% | $(OUT)/Makefile
	cp $< $@
