/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where things lie in every component's address space; root builds them so, and finds itself so
 * (abi/boot.h). Mappings that the manifest names start at LAYOUT_MAPS_VA.
 */
#pragma once

/* Plain numbers: start.S and the host tools read them too. */
#define LAYOUT_IMAGE_VA 0x00400000
#define LAYOUT_STACKS_VA 0x00600000 /* thread n's stack starts n strides on; a hole below */
#define LAYOUT_STACK_STRIDE 0x00020000
#define LAYOUT_STACK_MAX 0x0001f000   /* so that a hole remains between two stacks */
#define LAYOUT_MESSAGES_VA 0x00700000 /* thread n's message buffer, n strides on, one page */
#define LAYOUT_MESSAGE_SHIFT 10
#define LAYOUT_THREADS_MAX 4
#define LAYOUT_MAPS_VA 0x10000000
