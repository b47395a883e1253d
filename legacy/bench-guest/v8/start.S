/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest without an operating system that measures what an exit costs, seen
 * from inside: loops of exits less the same loop without them. Entered like
 * Linux (EL1, MMU off), as an image without header at RAM base + 0x80000.
 * X19 console, X20 repeats, X21 empty loop's ticks, X26 distributor, X27 CPU interface.
 */
.equ PL011_DR, 0x00
.equ PL011_FR, 0x18
.equ PL011_IMSC, 0x38
.equ FR_TXFF, 5
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

.text
.global _start
_start:
    msr     daifset, #0xf
    ldr     x0, =stack_top
    mov     sp, x0
    mov     x19, #0x09000000
    mov     x20, #REPEATS

    mrs     x22, cntvct_el0
    mov     x1, x20
1:  subs    x1, x1, #1
    b.ne    1b
    mrs     x21, cntvct_el0
    sub     x21, x21, x22

    mrs     x22, cntvct_el0
    mov     x1, x20
2:  ldr     w2, [x19, #PL011_FR]
    subs    x1, x1, #1
    b.ne    2b
    mrs     x23, cntvct_el0
    sub     x23, x23, x22
    adr     x0, name_mmio
    bl      report

    mrs     x22, cntvct_el0
    mov     x24, x20
3:  mov     w0, #(PSCI_VERSION & 0xffff)
    movk    w0, #(PSCI_VERSION >> 16), lsl #16
    hvc     #0
    subs    x24, x24, #1
    b.ne    3b
    mrs     x23, cntvct_el0
    sub     x23, x23, x22
    adr     x0, name_hvc
    bl      report

    /* A byte as drivers write it: look whether there is room, then write. */
    mrs     x22, cntvct_el0
    mov     x1, x20
    mov     w3, #' '
5:  ldr     w2, [x19, #PL011_FR]
    tbnz    w2, #FR_TXFF, 5b
    str     w3, [x19, #PL011_DR]
    subs    x1, x1, #1
    b.ne    5b
    mrs     x23, cntvct_el0
    sub     x23, x23, x22
    mov     w3, #'\n'
    str     w3, [x19, #PL011_DR]
    adr     x0, name_byte
    bl      report

    bl      interrupts_on

    /* A write while an interrupt that the guest does not take is listed: software-generated, number 0, to itself. */
    mov     w1, #SGIR_SELF
    str     w1, [x26, #GICD_SGIR]
    mrs     x22, cntvct_el0
    mov     x1, x20
6:  str     wzr, [x19, #PL011_IMSC]
    subs    x1, x1, #1
    b.ne    6b
    mrs     x23, cntvct_el0
    sub     x23, x23, x22
    ldr     w1, [x27, #GICC_IAR]
    str     w1, [x27, #GICC_EOIR]
    adr     x0, name_listed
    bl      report

    /* From the instant that the virtual timer is due to the guest's seeing it: taken out of the guest, listed, back. */
    mov     x23, x21
    mov     x24, x20
7:  mrs     x2, cntvct_el0
    and     x1, x24, #15
    add     x2, x2, x1
    add     x2, x2, #TIMER_AHEAD
    msr     cntv_cval_el0, x2
    mov     x1, #1
    msr     cntv_ctl_el0, x1
    isb
8:  mrs     x1, isr_el1
    cbz     x1, 8b
    mrs     x1, cntvct_el0
    sub     x1, x1, x2
    add     x23, x23, x1
    msr     cntv_ctl_el0, xzr
    isb
    ldr     w1, [x27, #GICC_IAR]
    str     w1, [x27, #GICC_EOIR]
    subs    x24, x24, #1
    b.ne    7b
    adr     x0, name_interrupt
    bl      report

    adr     x0, name_done
    bl      put_text
    mov     w0, #(PSCI_SYSTEM_OFF & 0xffff)
    movk    w0, #(PSCI_SYSTEM_OFF >> 16), lsl #16
    hvc     #0
4:  wfi
    b       4b

/* Out: X26, X27. The interrupts stay masked in PSTATE: they are listed and never taken. Clobbers: X1 */
interrupts_on:
    mov     x26, #0x08000000
    add     x27, x26, #0x10000
    mov     w1, #1
    str     w1, [x26]
    mov     w1, #(1 << TIMER_IRQ)
    str     w1, [x26, #GICD_ISENABLER0]
    mov     w1, #0xff
    str     w1, [x27, #GICC_PMR]
    mov     w1, #1
    str     w1, [x27]
    ret

/* In: X0 name, X23 ticks of the loop. Prints name, hundredths of an instruction, newline.
 * (ticks - empty) * (10^9 / frequency) ns * 100 / REPEATS. Clobbers: X0-X9, X30 saved in X25 */
report:
    mov     x25, x30
    bl      put_text
    sub     x0, x23, x21
    mrs     x1, cntfrq_el0
    ldr     x2, =1000000000
    udiv    x1, x2, x1
    mul     x0, x0, x1
    mov     x1, #100
    mul     x0, x0, x1
    mov     x1, #REPEATS
    udiv    x0, x0, x1
    bl      put_number
    mov     w0, #'\n'
    str     w0, [x19, #PL011_DR]
    ret     x25

/* In: X0 zero-terminated text. Clobbers: X0, X1 */
put_text:
    ldrb    w1, [x0], #1
    cbz     w1, 1f
    str     w1, [x19, #PL011_DR]
    b       put_text
1:  ret

/* In: X0 number. Clobbers: X0-X5 */
put_number:
    ldr     x1, =digits_end
    mov     x2, #10
1:  udiv    x3, x0, x2
    msub    x4, x3, x2, x0
    add     w4, w4, #'0'
    strb    w4, [x1, #-1]!
    mov     x0, x3
    cbnz    x0, 1b
    ldr     x5, =digits_end
2:  ldrb    w4, [x1], #1
    str     w4, [x19, #PL011_DR]
    cmp     x1, x5
    b.ne    2b
    ret

.section .rodata
name_mmio: .asciz "BENCH vm_exit_mmio "
name_hvc:  .asciz "BENCH vm_exit_hvc "
name_byte: .asciz "BENCH console_byte "
name_listed: .asciz "BENCH vm_exit_mmio_listed "
name_interrupt: .asciz "BENCH irq_into_guest "
name_done: .asciz "BENCH-DONE\n"

.bss
.balign 16
    .skip 1024
stack_top:
    .skip 32
digits_end:
    .skip 8
