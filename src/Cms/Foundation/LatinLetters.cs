namespace Cms.Foundation;

/// <summary>
/// The ASCII letters under Latin ones with marks (Unicode canonical decomposition), written out because without ICU
/// the runtime does not decompose, and a slug must not depend on the machine that made it.
/// </summary>
internal static class LatinLetters
{
    private const char First = '\u00C0';
    private const char FirstAdditional = '\u1E00';

    // U+00C0 to U+024F, lower-cased; a hyphen for what has no such letter.
    private const string Letters =
        "aaaaaa-ceeeeiiii-nooooo--uuuuy--aaaaaa-ceeeeiiii-nooooo--uuuuy-yaaaaaaccccccccdd"
        + "--eeeeeeeeeegggggggghh--iiiiiiiii---jjkk-llllll----nnnnnn---oooooo--rrrrrrssssss"
        + "sstttt--uuuuuuuuuuuuwwyyyzzzzzz---------------------------------oo-------------u"
        + "u----------------------------aaiioouuuuuuuuuu-aaaa----ggkkoooo--j---gg--nnaa----"
        + "aaaaeeeeiiiioooorrrruuuusstt--hh------aaeeooooooooyy----------------------------";

    // U+1E00 to U+1EFF.
    private const string Additional =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooo"
        + "oooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy------"
        + "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuu"
        + "uuyyyyyyyy------";

    /// <summary>The lower-case ASCII spelling; null for a letter of another alphabet and for what is no letter.</summary>
    public static string? Spell(char letter) =>
        letter switch
        {
            'ß' or 'ẞ' => "ss",
            'æ' or 'Æ' => "ae",
            'œ' or 'Œ' => "oe",
            'ø' or 'Ø' => "o",
            'ł' or 'Ł' => "l",
            'đ' or 'Đ' or 'ð' or 'Ð' => "d",
            'ħ' or 'Ħ' => "h",
            'ŧ' or 'Ŧ' => "t",
            'þ' or 'Þ' => "th",
            'ı' => "i",
            _ => Under(letter, First, Letters) ?? Under(letter, FirstAdditional, Additional),
        };

    private static string? Under(char letter, char first, string letters) =>
        letter >= first && letter - first < letters.Length && letters[letter - first] is not '-' and var plain
            ? plain.ToString()
            : null;
}
