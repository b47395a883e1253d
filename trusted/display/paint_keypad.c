/* SPDX-License-Identifier: BSD-2-Clause */
#include "paint.h"

static void paint_key(struct server *s, uint32_t index)
{
    enum box box = (enum box)(BOX_PAD_KEY + index);
    struct ink ink = theme[s->pressed == box ? ROLE_KEY_PRESSED : ROLE_KEY];
    char face[2] = { "123456789*0#"[index], '\0' };

    draw_round(&s->panel, layout[box], (struct ink){ ink.paper, COLOUR_PAGE });
    draw_text_in(&s->panel, FONT_KEY, layout[box], ALIGN_CENTRE, face, ink);
}

void paint_keypad_keys(struct server *s)
{
    struct rect erase = layout[BOX_PAD_ERASE];
    const struct glyph *icon = &fonts[FONT_ICON].glyphs['b' - FONT_ASCII_FIRST];
    struct ink ink = theme[s->pressed == BOX_PAD_ERASE ? ROLE_KEY_PRESSED : ROLE_KEY];

    for (uint32_t i = 0; i <= BOX_PAD_KEY_LAST - BOX_PAD_KEY; i++)
        paint_key(s, i);
    draw_round(&s->panel, erase, (struct ink){ ink.paper, COLOUR_PAGE });
    (void)draw_glyph(&s->panel, FONT_ICON, erase.x + (erase.width - icon->width) / 2,
                     erase.y + (erase.height + icon->height) / 2, 'b', ink);
}

void paint_keypad_number(struct server *s)
{
    const struct keypad *k = &s->keypad;
    struct ink ink = theme[ROLE_PAGE];

    draw_fill(&s->panel, layout[BOX_PAD_NUMBER], ink.paper);
    draw_fill(&s->panel, layout[BOX_PAD_BAND], ink.paper);
    if (k->number.length == 0) {
        paint_word(s, WORD_KEYPAD_HINT, "", 0, theme[ROLE_SECONDARY]);
    } else {
        (void)paint_number(s, &k->number, k->gaps, layout[BOX_PAD_NUMBER].y, ink, NULL);
        if (k->has_price)
            (void)paint_band(s, &k->tariff, 0, layout[BOX_PAD_BAND].y);
        else
            paint_word(s, WORD_KEYPAD_WAIT, "", 0, theme[ROLE_SECONDARY]);
    }
    paint_confirm(s);
}

void paint_keypad(struct server *s)
{
    paint_keypad_number(s);
    paint_keypad_keys(s);
}
