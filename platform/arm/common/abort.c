/* SPDX-License-Identifier: BSD-2-Clause */
#include "abort.h"

enum syndrome_field {
    ISS_ISV = 24, ISS_SAS = 22, ISS_SSE = 21, ISS_SRT = 16, ISS_SF = 15, ISS_S1PTW = 7, ISS_WNR = 6,
};

static bool bit(uint32_t syndrome, unsigned position)
{
    return (syndrome >> position & 1) != 0;
}

bool abort_decode(uint32_t syndrome, struct abort_access *access_out)
{
    *access_out = (struct abort_access){
        .width_bytes = (uint8_t)(1u << (syndrome >> ISS_SAS & 3)),
        .reg = (uint8_t)(syndrome >> ISS_SRT & 0x1f),
        .is_write = bit(syndrome, ISS_WNR),
        .is_signed = bit(syndrome, ISS_SSE),
        .is_64 = bit(syndrome, ISS_SF),
    };
    return bit(syndrome, ISS_ISV) && !bit(syndrome, ISS_S1PTW);
}

uint64_t abort_truncate(uint64_t value, uint8_t width_bytes)
{
    return width_bytes >= sizeof value ? value
                                       : value & ((UINT64_C(1) << width_bytes * 8) - 1);
}

uint64_t abort_extend(uint64_t value, const struct abort_access *access)
{
    uint64_t narrow = abort_truncate(value, access->width_bytes);
    uint64_t sign = UINT64_C(1) << (access->width_bytes * 8 - 1);
    uint64_t wide = access->is_signed ? (narrow ^ sign) - sign : narrow;
    return access->is_64 ? wide : (uint32_t)wide;
}
