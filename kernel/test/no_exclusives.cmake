# SPDX-License-Identifier: BSD-2-Clause
# cmake -D OBJDUMP=objdump -D ELF=kernel.elf -P no_exclusives.cmake: the kernel's code holds no exclusive
# access (LDREX, LDXR and their kin), which a compiler may make of a 64-bit atomic store. The kernel writes
# its first tables with the MMU off: there they need not work (DDI 0406 "Load-Exclusive and Store-Exclusive
# usage restrictions", DDI 0487 the same).
execute_process(COMMAND ${OBJDUMP} -d ${ELF} OUTPUT_VARIABLE code COMMAND_ERROR_IS_FATAL ANY)
if(NOT code MATCHES "<kernel_syscall>:")
    message(FATAL_ERROR "${ELF} is not the kernel")
endif()
string(REGEX MATCHALL "\n[^\n]*[ \t](ld|st)[al]?(rex|ex|x)[a-z]*[ \t][^\n]*" found "${code}")
if(found)
    message(FATAL_ERROR "exclusive accesses:${found}")
endif()
