/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest without an operating system that measures what an exit costs, seen
 * from inside: loops of exits less the same loop without them. Entered like
 * Linux (SVC mode, MMU off), as an image without header at RAM base + 0x80000.
 * R9 console, R8 empty loop's ticks, R11 distributor, R5 later the CPU interface.
 * Low halves of the counter do: all is over in a second.
 */
.equ PL011_DR, 0x00
.equ PL011_FR, 0x18
.equ PL011_IMSC, 0x38
.equ FR_TXFF, 1 << 5
.equ GICD_ISENABLER0, 0x100
.equ GICD_SGIR, 0xf00
.equ SGIR_SELF, 2 << 24
.equ GICC_PMR, 0x04
.equ GICC_IAR, 0x0c
.equ GICC_EOIR, 0x10
.equ TIMER_IRQ, 27
.equ TIMER_AHEAD, 100 /* ticks: the guest is in its loop long before the timer fires */
.equ REPEATS, 1000
.equ PSCI_VERSION, 0x84000000
.equ PSCI_SYSTEM_OFF, 0x84000008

.syntax unified
.arch armv7ve
.arm

.macro counter register
    mrrc    p15, 1, \register, r12, c14 /* CNTVCT */
.endm

.text
.global _start
_start:
    cpsid   aif
    ldr     sp, =stack_top
    mov     r9, #0x09000000

    counter r7
    mov     r1, #REPEATS
1:  subs    r1, r1, #1
    bne     1b
    counter r8
    sub     r8, r8, r7

    counter r7
    mov     r1, #REPEATS
2:  ldr     r2, [r9, #PL011_FR]
    subs    r1, r1, #1
    bne     2b
    counter r6
    sub     r6, r6, r7
    adr     r0, name_mmio
    bl      report

    counter r7
    mov     r5, #REPEATS
3:  ldr     r0, =PSCI_VERSION
    hvc     #0
    subs    r5, r5, #1
    bne     3b
    counter r6
    sub     r6, r6, r7
    adr     r0, name_hvc
    bl      report

    /* A byte as drivers write it: look whether there is room, then write. */
    counter r7
    mov     r1, #REPEATS
    mov     r3, #' '
5:  ldr     r2, [r9, #PL011_FR]
    tst     r2, #FR_TXFF
    bne     5b
    str     r3, [r9, #PL011_DR]
    subs    r1, r1, #1
    bne     5b
    counter r6
    sub     r6, r6, r7
    mov     r3, #'\n'
    str     r3, [r9, #PL011_DR]
    adr     r0, name_byte
    bl      report

    bl      interrupts_on

    /* A write while an interrupt that the guest does not take is listed: software-generated, number 0, to itself. */
    mov     r1, #SGIR_SELF
    str     r1, [r11, #GICD_SGIR]
    counter r7
    mov     r2, #0
    mov     r1, #REPEATS
6:  str     r2, [r9, #PL011_IMSC]
    subs    r1, r1, #1
    bne     6b
    counter r6
    sub     r6, r6, r7
    ldr     r1, [r5, #GICC_IAR]
    str     r1, [r5, #GICC_EOIR]
    adr     r0, name_listed
    bl      report

    /* From the instant that the virtual timer is due to the guest's seeing it: taken out of the guest, listed, back. */
    mov     r6, r8
    mov     r7, #REPEATS
7:  mrrc    p15, 1, r2, r3, c14 /* CNTVCT */
    and     r1, r7, #15
    add     r1, r1, #TIMER_AHEAD
    adds    r2, r2, r1
    adc     r3, r3, #0
    mcrr    p15, 3, r2, r3, c14 /* CNTV_CVAL */
    mov     r1, #1
    mcr     p15, 0, r1, c14, c3, 1 /* CNTV_CTL */
    isb
8:  mrc     p15, 0, r1, c12, c1, 0 /* ISR */
    cmp     r1, #0
    beq     8b
    counter r1
    sub     r1, r1, r2
    add     r6, r6, r1
    mov     r1, #0
    mcr     p15, 0, r1, c14, c3, 1
    isb
    ldr     r1, [r5, #GICC_IAR]
    str     r1, [r5, #GICC_EOIR]
    subs    r7, r7, #1
    bne     7b
    adr     r0, name_interrupt
    bl      report

    adr     r0, name_done
    bl      put_text
    ldr     r0, =PSCI_SYSTEM_OFF
    hvc     #0
4:  wfi
    b       4b

/* Out: R11, R5. The interrupts stay masked in the CPSR: they are listed and never taken. Clobbers: R1 */
interrupts_on:
    mov     r11, #0x08000000
    add     r5, r11, #0x10000
    mov     r1, #1
    str     r1, [r11]
    mov     r1, #(1 << TIMER_IRQ)
    str     r1, [r11, #GICD_ISENABLER0]
    mov     r1, #0xff
    str     r1, [r5, #GICC_PMR]
    mov     r1, #1
    str     r1, [r5]
    bx      lr

/* In: R0 name, R6 ticks of the loop. Prints name, hundredths of an instruction, newline.
 * (ticks - empty) * (10^9 / frequency) ns * 100 / REPEATS. Clobbers: R0-R4, R10 */
report:
    mov     r10, lr
    bl      put_text
    sub     r0, r6, r8
    mrc     p15, 0, r1, c14, c0, 0 /* CNTFRQ */
    ldr     r2, =1000000000
    udiv    r1, r2, r1
    mul     r0, r0, r1
    mov     r1, #REPEATS / 100
    udiv    r0, r0, r1
    bl      put_number
    mov     r0, #'\n'
    str     r0, [r9, #PL011_DR]
    bx      r10

/* In: R0 zero-terminated text. Clobbers: R0, R1 */
put_text:
    ldrb    r1, [r0], #1
    cmp     r1, #0
    bxeq    lr
    str     r1, [r9, #PL011_DR]
    b       put_text

/* In: R0 number. Clobbers: R0-R4 */
put_number:
    ldr     r1, =digits_end
    mov     r2, #10
1:  udiv    r3, r0, r2
    mls     r4, r3, r2, r0
    add     r4, r4, #'0'
    strb    r4, [r1, #-1]!
    movs    r0, r3
    bne     1b
    ldr     r3, =digits_end
2:  ldrb    r4, [r1], #1
    str     r4, [r9, #PL011_DR]
    cmp     r1, r3
    bne     2b
    bx      lr

.balign 4
name_mmio: .asciz "BENCH vm_exit_mmio "
.balign 4
name_hvc:  .asciz "BENCH vm_exit_hvc "
.balign 4
name_byte: .asciz "BENCH console_byte "
.balign 4
name_listed: .asciz "BENCH vm_exit_mmio_listed "
.balign 4
name_interrupt: .asciz "BENCH irq_into_guest "
.balign 4
name_done: .asciz "BENCH-DONE\n"
.balign 4
.ltorg

.bss
.balign 16
    .skip 1024
stack_top:
    .skip 32
digits_end:
    .skip 8
