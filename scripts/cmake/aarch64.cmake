# SPDX-License-Identifier: BSD-2-Clause
# Toolchain file: Debian's gcc-aarch64-linux-gnu, used freestanding.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_ASM_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_OBJCOPY aarch64-linux-gnu-objcopy CACHE FILEPATH "objcopy")
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

# What each architecture adds to the flags of robin.cmake.
# 835769 and 843419 are errata of the Cortex-A53 that compiler and linker can avoid.
set(ROBIN_ARCH_COMPILE_OPTIONS
    -march=armv8-a -mgeneral-regs-only -mstrict-align -mno-outline-atomics
    -mfix-cortex-a53-835769)
set(ROBIN_ARCH_LINK_OPTIONS -Wl,--fix-cortex-a53-843419)
set(ROBIN_GUEST_ARCH arm64) # as Debian calls it
