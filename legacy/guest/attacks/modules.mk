# SPDX-License-Identifier: BSD-2-Clause
#
# The attacks that run in kernel mode, built against Debian's own kernel headers.
# kbuild writes beside its sources, hence the copies in OUT. Called by scripts/guest-build.

SOURCES = $(wildcard modules/*.c modules/*.h)

all: $(OUT)/Makefile $(SOURCES:modules/%=$(OUT)/%)
	$(MAKE) -s -C $(HEADERS) M=$(OUT) CROSS_COMPILE=$(CROSS) KBUILD_MODPOST_WARN=0 modules

$(OUT)/Makefile: modules/Kbuild
	mkdir -p $(OUT)
	cp $< $@

$(OUT)/%: modules/% | $(OUT)/Makefile
	cp $< $@
