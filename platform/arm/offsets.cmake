# SPDX-License-Identifier: BSD-2-Clause
# cmake -D IN=offsets.s -D OUT=offsets.h -P offsets.cmake: the lines "->NAME value" become #defines.
file(STRINGS ${IN} lines REGEX "^->")
set(text "/* Generated from offsets.c. */\n")
foreach(line IN LISTS lines)
    string(REGEX REPLACE "^->([A-Z0-9_]+) ([0-9]+)$" "#define \\1 \\2" define ${line})
    string(APPEND text "${define}\n")
endforeach()
file(WRITE ${OUT} ${text})
