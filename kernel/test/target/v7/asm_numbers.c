/* SPDX-License-Identifier: BSD-2-Clause */
/* Compiled to assembler only: its text becomes asm_numbers.h. */
#include "abi/boot.h"
#include "abi/message.h"
#include "abi/syscall.h"

#define NUMBER(name, value) __asm__ volatile("\n.ascii \"=#define " #name " %c0\"" : : "i"(value))

void asm_numbers(void);
void asm_numbers(void)
{
    NUMBER(ASM_SYS_RECEIVE, SYS_RECEIVE);
    NUMBER(ASM_SYS_REPLY_RECEIVE, SYS_REPLY_RECEIVE);
    NUMBER(ASM_SYS_WAIT, SYS_WAIT);
    NUMBER(ASM_SYS_CAP_DELETE, SYS_CAP_DELETE);
    NUMBER(ASM_FAULT_REPLY_SKIP, FAULT_REPLY_SKIP);
    NUMBER(ASM_ROOT_SLOT_CNODE, ROOT_SLOT_CNODE);
}
