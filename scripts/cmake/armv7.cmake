# SPDX-License-Identifier: BSD-2-Clause
# Toolchain file: Debian's gcc-arm-none-eabi, used freestanding.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)
set(CMAKE_C_COMPILER arm-none-eabi-gcc)
set(CMAKE_ASM_COMPILER arm-none-eabi-gcc)
set(CMAKE_OBJCOPY arm-none-eabi-objcopy CACHE FILEPATH "objcopy")
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

# What each architecture adds to the flags of robin.cmake. ARM code, not Thumb: a path is measured
# in instructions.
set(ROBIN_ARCH_COMPILE_OPTIONS
    -march=armv7ve -marm -mfloat-abi=soft -mno-unaligned-access -fno-short-enums)
# The library that is linked for it knows no enumerations.
set(ROBIN_ARCH_LINK_OPTIONS -Wl,--no-enum-size-warning)
set(ROBIN_ARCH_LIBRARIES gcc) # 64-bit division
set(ROBIN_GUEST_ARCH armhf) # as Debian calls it
