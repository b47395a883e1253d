# SPDX-License-Identifier: BSD-2-Clause
#
# How this project builds things:
#   robin_component(NAME n SOURCES ... [INCLUDES ...] [OPTIONS ...] [STANDALONE])
#   robin_host_tool(NAME n SOURCES ... [INCLUDES ...] [LIBRARIES ...])
#   robin_host_test(NAME n SOURCES ... [INCLUDES ...] [LIBRARIES ...] [DEFINITIONS ...])
#       and, unless it needs libraries, the same as 32-bit code under the name n_32
#   robin_fuzzer(NAME n SOURCES ... [INCLUDES ...])    for scripts/dev/fuzz, where clang is installed
# and the interface library robin_target with the flags of everything that runs on a board.

include_guard(GLOBAL)

set(ROBIN_WARNINGS
    -Wall -Wextra -Werror -Wconversion -Wsign-conversion -Wshadow -Wcast-qual -Wcast-align
    -Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes -Wswitch-enum -Wvla -Wundef
    -Wwrite-strings -Wnull-dereference)

# No path of this machine in any object file: two builds in two folders are the same.
set(ROBIN_REPRODUCIBLE
    -ffile-prefix-map=${CMAKE_BINARY_DIR}=build
    -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
# "D": no time, owner or mode of an object in an archive.
set(CMAKE_C_ARCHIVE_CREATE "<CMAKE_AR> qcD <TARGET> <LINK_FLAGS> <OBJECTS>")
set(CMAKE_C_ARCHIVE_APPEND "<CMAKE_AR> qD <TARGET> <LINK_FLAGS> <OBJECTS>")
set(CMAKE_C_ARCHIVE_FINISH "<CMAKE_RANLIB> -D <TARGET>")

set(ROBIN_PUBLIC_INCLUDES ${CMAKE_SOURCE_DIR}/kernel/include ${CMAKE_SOURCE_DIR}/trusted/protocol)
set(ROBIN_GENERATED ${CMAKE_BINARY_DIR}/generated)
find_program(ROBIN_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)

# --- firmware -------------------------------------------------------------------------------

add_library(robin_target INTERFACE)
target_include_directories(robin_target INTERFACE ${ROBIN_PUBLIC_INCLUDES})
target_compile_options(robin_target INTERFACE
    -O2 -g -ffreestanding -fno-common -fno-pic -fno-pie -ffunction-sections -fdata-sections
    ${ROBIN_REPRODUCIBLE} ${ROBIN_ARCH_COMPILE_OPTIONS}
    $<$<COMPILE_LANGUAGE:C>:-std=c11 -fno-strict-aliasing -fstack-protector-strong
        -fno-asynchronous-unwind-tables ${ROBIN_WARNINGS}>)
target_link_libraries(robin_target INTERFACE ${ROBIN_ARCH_LIBRARIES})
target_link_options(robin_target INTERFACE
    -nostdlib -static -no-pie ${ROBIN_ARCH_LINK_OPTIONS}
    -Wl,--build-id=none -Wl,--gc-sections -Wl,-z,max-page-size=4096 -Wl,-z,noexecstack
    -Wl,--fatal-warnings -Wl,--no-warn-rwx-segments)

# The manifest: checked, and turned into each component's manifest.h, root's tables and the kernel's memory map.
if(ROBIN_TARGET)
    set(ROBIN_MANIFEST_SOURCE ${CMAKE_SOURCE_DIR}/images/${ROBIN_BOARD}/manifest.dts)
    set(ROBIN_FLASH ${CMAKE_SOURCE_DIR}/images/${ROBIN_BOARD}/flash.toml)
    set(ROBIN_MANIFEST_TABLES ${ROBIN_GENERATED}/manifest.bin)
    file(GLOB manifest_tool CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/images/manifest/*.py)
    set(root_sources ${CMAKE_SOURCE_DIR}/trusted/root)
    set(ROBIN_NUMBERS ${CMAKE_SOURCE_DIR}/kernel/include/abi/syscall.h ${CMAKE_SOURCE_DIR}/kernel/include/abi/boot.h
        ${root_sources}/script.h)
    add_custom_command(
        OUTPUT ${ROBIN_MANIFEST_TABLES}
        BYPRODUCTS ${ROBIN_GENERATED}/manifest.dtb ${ROBIN_GENERATED}/manifest.json
            ${ROBIN_GENERATED}/access.dot ${ROBIN_GENERATED}/access.svg
            ${ROBIN_GENERATED}/board_map.h ${ROBIN_GENERATED}/kernel_base.ld
        COMMAND dtc -q -I dts -O dtb -o ${ROBIN_GENERATED}/manifest.dtb ${ROBIN_MANIFEST_SOURCE}
        COMMAND ${ROBIN_PYTHON} ${CMAKE_SOURCE_DIR}/images/manifest/manifest.py
            --source images/${ROBIN_BOARD}/manifest.dts
            --flash ${ROBIN_FLASH} --output ${ROBIN_GENERATED} ${ROBIN_GENERATED}/manifest.dtb
        DEPENDS ${ROBIN_MANIFEST_SOURCE} ${CMAKE_SOURCE_DIR}/images/phone.dtsi ${ROBIN_FLASH} ${manifest_tool} ${ROBIN_NUMBERS}
        COMMENT "Checking the manifest of ${ROBIN_BOARD}" VERBATIM)
    add_custom_target(robin_manifest DEPENDS ${ROBIN_MANIFEST_TABLES})
endif()

# Every component's ELF, for the bundle: images/ reads the global property ROBIN_COMPONENTS.
define_property(GLOBAL PROPERTY ROBIN_COMPONENTS)

# A component: a freestanding, static program linked with the runtime. #include "manifest.h" gives
# it its capability slots and addresses. STANDALONE: not started by root, so without such a header
# (root itself, kernel tests, benchmarks).
function(robin_component)
    cmake_parse_arguments(ARG "STANDALONE" "NAME" "SOURCES;INCLUDES;OPTIONS" ${ARGN})
    if(NOT ROBIN_TARGET)
        return()
    endif()
    set(script ${CMAKE_SOURCE_DIR}/trusted/runtime/component.ld)
    set(elf ${CMAKE_BINARY_DIR}/components/${ARG_NAME}.elf)
    add_executable(${ARG_NAME} ${ARG_SOURCES})
    set_target_properties(${ARG_NAME} PROPERTIES
        OUTPUT_NAME ${ARG_NAME}.elf
        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/components
        LINK_DEPENDS ${script})
    target_include_directories(${ARG_NAME} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR} ${ARG_INCLUDES})
    target_compile_options(${ARG_NAME} PRIVATE ${ARG_OPTIONS})
    target_link_libraries(${ARG_NAME} PRIVATE robin_runtime robin_target)
    target_link_options(${ARG_NAME} PRIVATE -Wl,-T,${script} -Wl,-Map=${elf}.map)
    if(NOT ARG_STANDALONE)
        target_include_directories(${ARG_NAME} PRIVATE ${ROBIN_GENERATED}/${ARG_NAME})
        add_dependencies(${ARG_NAME} robin_manifest)
        set_property(GLOBAL APPEND PROPERTY ROBIN_COMPONENTS ${ARG_NAME})
    endif()
endfunction()

# --- host -----------------------------------------------------------------------------------

set(ROBIN_HOST_FLAGS -std=gnu11 -g -fno-common ${ROBIN_WARNINGS} ${ROBIN_REPRODUCIBLE})

function(robin_host_tool)
    cmake_parse_arguments(ARG "" "NAME" "SOURCES;INCLUDES;LIBRARIES" ${ARGN})
    if(ROBIN_TARGET)
        return()
    endif()
    add_executable(${ARG_NAME} ${ARG_SOURCES})
    set_target_properties(${ARG_NAME} PROPERTIES
        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
    target_include_directories(${ARG_NAME} PRIVATE
        ${ROBIN_PUBLIC_INCLUDES} ${CMAKE_CURRENT_SOURCE_DIR} ${ARG_INCLUDES})
    target_compile_options(${ARG_NAME} PRIVATE ${ROBIN_HOST_FLAGS} -O2)
    target_link_libraries(${ARG_NAME} PRIVATE ${ARG_LIBRARIES})
endfunction()

# Debian's cmocka is 64 bit: m32/cmocka.h stands in for the little of it that is used.
if(NOT ROBIN_TARGET)
    include(CheckCSourceCompiles)
    set(CMAKE_REQUIRED_FLAGS -m32)
    check_c_source_compiles("#include <stdio.h>\nint main(void) { return 0; }" ROBIN_HAS_M32)
    unset(CMAKE_REQUIRED_FLAGS)
endif()

function(robin_host_test)
    cmake_parse_arguments(ARG "" "NAME" "SOURCES;INCLUDES;LIBRARIES;DEFINITIONS" ${ARGN})
    if(ROBIN_TARGET)
        return()
    endif()
    robin_host_test_as(${ARG_NAME} "" cmocka)
    if(ROBIN_HAS_M32 AND NOT ARG_LIBRARIES)
        robin_host_test_as(${ARG_NAME}_32 -m32 "")
    endif()
endfunction()

# Each source is compiled once for the same options, include folders and definitions, whichever tests of a folder have it.
# Headers among SOURCES are generated ones, which must be there first. With the arguments of robin_host_test().
function(robin_host_objects out word_size options)
    set(headers ${ARG_SOURCES})
    list(FILTER headers INCLUDE REGEX "\\.h$")
    set(includes ${ROBIN_PUBLIC_INCLUDES} ${CMAKE_CURRENT_SOURCE_DIR} ${ARG_INCLUDES})
    if(word_size)
        list(PREPEND includes ${CMAKE_SOURCE_DIR}/kernel/test/m32)
    endif()
    set(objects)
    foreach(source IN LISTS ARG_SOURCES)
        if(source MATCHES "\\.h$")
            continue()
        endif()
        get_filename_component(path ${source} ABSOLUTE)
        get_filename_component(name ${source} NAME_WE)
        string(MD5 key "${path} ${includes} ${ARG_DEFINITIONS} ${options}")
        string(SUBSTRING ${key} 0 12 key)
        set(target object_${name}_${key})
        if(NOT TARGET ${target})
            add_library(${target} OBJECT ${source} ${headers})
            target_include_directories(${target} PRIVATE ${includes})
            target_compile_definitions(${target} PRIVATE ${ARG_DEFINITIONS})
            target_compile_options(${target} PRIVATE ${ROBIN_HOST_FLAGS} -O1 ${options})
        endif()
        list(APPEND objects $<TARGET_OBJECTS:${target}>)
    endforeach()
    set(${out} ${objects} PARENT_SCOPE)
endfunction()

# With the arguments of robin_host_test().
function(robin_host_test_as name word_size cmocka)
    set(options ${word_size} -fsanitize=address,undefined -fno-sanitize-recover=all)
    robin_host_objects(objects "${word_size}" "${options}")
    add_executable(${name} ${objects})
    set_target_properties(${name} PROPERTIES
        LINKER_LANGUAGE C RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_link_options(${name} PRIVATE ${options})
    target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES} ${cmocka})
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT 120)
endfunction()

# Made by the target "fuzzers", not by "all". One of SOURCES has LLVMFuzzerTestOneInput().
find_program(ROBIN_CLANG NAMES clang)
function(robin_fuzzer)
    cmake_parse_arguments(ARG "" "NAME" "SOURCES;INCLUDES" ${ARGN})
    if(ROBIN_TARGET OR NOT ROBIN_CLANG)
        return()
    endif()
    if(NOT TARGET fuzzers)
        add_custom_target(fuzzers)
    endif()
    set(program ${CMAKE_BINARY_DIR}/fuzzers/${ARG_NAME})
    set(includes ${ROBIN_PUBLIC_INCLUDES} ${CMAKE_CURRENT_SOURCE_DIR} ${ARG_INCLUDES})
    list(TRANSFORM includes PREPEND -I)
    add_custom_command(OUTPUT ${program}
        COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/fuzzers
        COMMAND ${ROBIN_CLANG} -std=gnu11 -g -O1 -fno-sanitize-recover=all -fsanitize=fuzzer,address,undefined
            ${includes} -o ${program} ${ARG_SOURCES}
        DEPENDS ${ARG_SOURCES} WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} VERBATIM)
    add_custom_target(fuzzer_${ARG_NAME} DEPENDS ${program})
    add_dependencies(fuzzers fuzzer_${ARG_NAME})
endfunction()

# A component with its own main.c, for the test that joins them all (trusted/joined): a library, so that each keeps its
# own names, as it does on the phone.
function(robin_joined_part)
    cmake_parse_arguments(ARG "" "NAME" "SOURCES;INCLUDES;OPTIONS" ${ARGN})
    set(joined ${CMAKE_SOURCE_DIR}/trusted/joined)
    add_library(joined_${ARG_NAME} SHARED ${joined}/${ARG_NAME}.c ${ARG_SOURCES})
    target_include_directories(joined_${ARG_NAME} PRIVATE ${joined} ${joined}/manifest/${ARG_NAME} ${joined}/include
        ${CMAKE_SOURCE_DIR}/trusted/runtime/include ${ROBIN_PUBLIC_INCLUDES} ${CMAKE_CURRENT_SOURCE_DIR} ${ARG_INCLUDES})
    target_compile_options(joined_${ARG_NAME} PRIVATE ${ROBIN_HOST_FLAGS} -O1 -fPIC -fvisibility=hidden
        -fsanitize=address,undefined -fno-sanitize-recover=all ${ARG_OPTIONS})
    target_link_options(joined_${ARG_NAME} PRIVATE -fsanitize=address,undefined)
endfunction()
