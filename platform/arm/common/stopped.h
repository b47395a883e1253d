/* SPDX-License-Identifier: BSD-2-Clause */
/* The word "stopped" as a bitmap: one number a row, its lowest bit is the right edge. Made by hand. */
#ifndef STOPPED_H
#define STOPPED_H

#include <stdint.h>

enum { STOPPED_WIDTH = 41, STOPPED_HEIGHT = 9 };

static const uint64_t stopped_rows[STOPPED_HEIGHT] = {
    UINT64_C(0x00200000001), /*        #                                # */
    UINT64_C(0x00200000001), /*        #                                # */
    UINT64_C(0x0e70e79e38f), /*  ###  ###    ###  ####  ####   ###   #### */
    UINT64_C(0x10211451451), /* #      #    #   # #   # #   # #   # #   # */
    UINT64_C(0x0e2114517d1), /*  ###   #    #   # #   # #   # ##### #   # */
    UINT64_C(0x0125179e411), /*     #  #  # #   # ####  ####  #     #   # */
    UINT64_C(0x1e18e41038f), /* ####    ##   ###  #     #      ###   #### */
    UINT64_C(0x00000410000), /*                   #     #                 */
    UINT64_C(0x00000410000), /*                   #     #                 */
};

#endif
