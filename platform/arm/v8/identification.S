/* SPDX-License-Identifier: BSD-2-Clause */

/* S3_0_C0_C<1 + x0 / 8>_<x0 % 8>: an identification register; those without a name are zero (DDI 0487 "Principles of the
 * ID scheme for fields in ID registers"). In: x0 < 56. Out: x0. Clobbers: x1. */
    .text
    .global identification_read
identification_read:
    adr     x1, 1f
    add     x1, x1, x0, lsl #3
    br      x1
1:  .irp crm, 1, 2, 3, 4, 5, 6, 7
    .irp op2, 0, 1, 2, 3, 4, 5, 6, 7
    mrs     x0, s3_0_c0_c\crm\()_\op2
    ret
    .endr
    .endr
