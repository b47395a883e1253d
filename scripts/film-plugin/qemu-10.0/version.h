/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef FILM_PLUGIN_VERSION_H
#define FILM_PLUGIN_VERSION_H

enum { PLUGIN_INTERFACE = 4 };

uint64_t qemu_plugin_hwaddr_phys_addr(const struct qemu_plugin_hwaddr *address);

/* How far an address lies behind the beginning of a memory, given as the phone and as QEMU addresses it. */
static inline uint64_t offset_in(const struct qemu_plugin_hwaddr *address, uint64_t physical, const uint8_t *host)
{
    (void)host;
    return qemu_plugin_hwaddr_phys_addr(address) - physical;
}

#endif
