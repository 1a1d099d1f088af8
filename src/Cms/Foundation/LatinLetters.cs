namespace Cms.Foundation;

/// <summary>
/// Maps Latin letters with diacritics to ASCII letters (Unicode canonical decomposition). The tables are written out
/// because the runtime cannot decompose without ICU, and a slug must not depend on the machine.
/// </summary>
internal static class LatinLetters
{
    private const char First = '\u00C0';
    private const char FirstAdditional = '\u1E00';

    // The lower-case letters for U+00C0 to U+024F. A hyphen means that there is no ASCII letter.
    private const string Letters =
        "aaaaaa-ceeeeiiii-nooooo--uuuuy--aaaaaa-ceeeeiiii-nooooo--uuuuy-yaaaaaaccccccccdd"
        + "--eeeeeeeeeegggggggghh--iiiiiiiii---jjkk-llllll----nnnnnn---oooooo--rrrrrrssssss"
        + "sstttt--uuuuuuuuuuuuwwyyyzzzzzz---------------------------------oo-------------u"
        + "u----------------------------aaiioouuuuuuuuuu-aaaa----ggkkoooo--j---gg--nnaa----"
        + "aaaaeeeeiiiioooorrrruuuusstt--hh------aaeeooooooooyy----------------------------";

    // The letters for U+1E00 to U+1EFF.
    private const string Additional =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooo"
        + "oooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy------"
        + "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuu"
        + "uuyyyyyyyy------";

    /// <summary>
    /// Returns the lower-case ASCII spelling of a non-ASCII Latin letter; null for any other character.
    /// </summary>
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
            _ => Find(letter, First, Letters) ?? Find(letter, FirstAdditional, Additional),
        };

    private static string? Find(char letter, char first, string letters) =>
        letter >= first && letter - first < letters.Length && letters[letter - first] is not '-' and var plain
            ? plain.ToString()
            : null;
}
