namespace Cms.Search;

/// <summary>
/// Stems an English word as SQLite's <c>porter</c> tokenizer does (M. F. Porter, 1980, with SQLite's changes). It works
/// on the UTF-8 bytes of the word. A test compares the results with SQLite.
/// </summary>
internal static class PorterStem
{
    // SQLite stems only words whose lengths, in bytes, are in this range.
    private const int Shortest = 3;
    private const int Longest = 64;

    // Only the first matching suffix is used.
    private static readonly (byte[] Suffix, byte[] Stem)[] Step2 =
    [
        Rule("ational", "ate"),
        Rule("tional", "tion"),
        Rule("enci", "ence"),
        Rule("anci", "ance"),
        Rule("izer", "ize"),
        Rule("logi", "log"),
        Rule("bli", "ble"),
        Rule("alli", "al"),
        Rule("entli", "ent"),
        Rule("eli", "e"),
        Rule("ousli", "ous"),
        Rule("ization", "ize"),
        Rule("ation", "ate"),
        Rule("ator", "ate"),
        Rule("alism", "al"),
        Rule("iveness", "ive"),
        Rule("fulness", "ful"),
        Rule("ousness", "ous"),
        Rule("aliti", "al"),
        Rule("iviti", "ive"),
        Rule("biliti", "ble"),
    ];

    private static readonly (byte[] Suffix, byte[] Stem)[] Step3 =
    [
        Rule("ical", "ic"),
        Rule("ness", ""),
        Rule("icate", "ic"),
        Rule("iciti", "ic"),
        Rule("ful", ""),
        Rule("ative", ""),
        Rule("alize", "al"),
    ];

    private static readonly (byte[] Suffix, byte[] Stem)[] Step4 =
    [
        Rule("al", ""),
        Rule("ance", ""),
        Rule("ence", ""),
        Rule("er", ""),
        Rule("ic", ""),
        Rule("able", ""),
        Rule("ible", ""),
        Rule("ant", ""),
        Rule("ement", ""),
        Rule("ment", ""),
        Rule("ent", ""),
        Rule("ion", ""),
        Rule("ou", ""),
        Rule("ism", ""),
        Rule("ate", ""),
        Rule("iti", ""),
        Rule("ous", ""),
        Rule("ive", ""),
        Rule("ize", ""),
    ];

    /// <summary>Overwrites the word with its stem and returns the length of the stem.</summary>
    public static int Of(Span<byte> word, int length)
    {
        if (length is < Shortest or > Longest)
        {
            return length;
        }

        length = WithoutPlural(word, length);
        if (RemoveTense(word, ref length))
        {
            length = WithRestoredEnding(word, length);
        }

        if (word[length - 1] is (byte)'y' && HasVowel(word[..(length - 1)]))
        {
            word[length - 1] = (byte)'i';
        }

        length = Replace(word, length, Step2, stem => Measure(stem) > 0);
        length = Replace(word, length, Step3, stem => Measure(stem) > 0);
        length = Replace(word, length, Step4, stem => Measure(stem) > 1);
        if (word[length - 1] is (byte)'e')
        {
            var stem = word[..(length - 1)];
            var measure = Measure(stem);
            length -= measure > 1 || (measure is 1 && !EndsShort(stem)) ? 1 : 0;
        }

        return length > 1 && word[..length] is [.., (byte)'l', (byte)'l'] && Measure(word[..(length - 1)]) > 1
            ? length - 1
            : length;
    }

    private static (byte[] Suffix, byte[] Stem) Rule(string suffix, string stem) =>
        (System.Text.Encoding.ASCII.GetBytes(suffix), System.Text.Encoding.ASCII.GetBytes(stem));

    private static int WithoutPlural(ReadOnlySpan<byte> word, int length) =>
        word[..length] switch
        {
            [_, .., (byte)'s', (byte)'s', (byte)'e', (byte)'s'] => length - 2,
            [_, .., (byte)'i', (byte)'e', (byte)'s'] => length - 2,
            [.., (byte)'e', (byte)'s'] => length - 1,
            [.., (byte)'s', (byte)'s'] => length,
            [.., (byte)'s'] => length - 1,
            _ => length,
        };

    private static bool RemoveTense(Span<byte> word, ref int length)
    {
        var whole = word[..length];
        if (whole is [_, .., (byte)'e', (byte)'e', (byte)'d'])
        {
            length -= Measure(whole[..^3]) > 0 ? 1 : 0;
            return false;
        }

        var ending =
            whole is [_, .., (byte)'e', (byte)'d'] ? 2
            : whole is [_, .., (byte)'i', (byte)'n', (byte)'g'] ? 3
            : 0;
        if (ending is 0 || !HasVowel(whole[..^ending]))
        {
            return false;
        }

        length -= ending;
        return true;
    }

    private static int WithRestoredEnding(Span<byte> word, int length)
    {
        var stem = word[..length];
        if (stem is [_, .., (byte)'a', (byte)'t'] or [_, .., (byte)'b', (byte)'l'] or [_, .., (byte)'i', (byte)'z'])
        {
            word[length] = (byte)'e';
            return length + 1;
        }

        if (
            stem is [.., var before, var last]
            && before == last
            && !IsVowel(last, afterConsonant: false)
            && last is not ((byte)'l' or (byte)'s' or (byte)'z')
        )
        {
            return length - 1;
        }

        if (Measure(stem) is 1 && EndsShort(stem))
        {
            word[length] = (byte)'e';
            return length + 1;
        }

        return length;
    }

    private static int Replace(
        Span<byte> word,
        int length,
        (byte[] Suffix, byte[] Stem)[] rules,
        Func<ReadOnlySpan<byte>, bool> isLongEnough
    )
    {
        foreach (var (suffix, stem) in rules)
        {
            if (length <= suffix.Length || !word[..length].EndsWith(suffix))
            {
                continue;
            }

            ReadOnlySpan<byte> rest = word[..(length - suffix.Length)];
            var isIon = suffix is [(byte)'i', (byte)'o', (byte)'n'];
            if (!isLongEnough(rest) || (isIon && rest[^1] is not ((byte)'s' or (byte)'t')))
            {
                return length;
            }

            stem.CopyTo(word[rest.Length..]);
            return rest.Length + stem.Length;
        }

        return length;
    }

    private static bool IsVowel(byte letter, bool afterConsonant) =>
        letter is (byte)'a' or (byte)'e' or (byte)'i' or (byte)'o' or (byte)'u'
        || (afterConsonant && letter is (byte)'y');

    private static bool HasVowel(ReadOnlySpan<byte> stem)
    {
        for (var i = 0; i < stem.Length; i++)
        {
            if (IsVowel(stem[i], afterConsonant: i > 0))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns how often a consonant follows a vowel, at most 2.</summary>
    private static int Measure(ReadOnlySpan<byte> stem)
    {
        var measure = 0;
        var (afterConsonant, afterVowel) = (false, false);
        foreach (var letter in stem)
        {
            var isVowel = IsVowel(letter, afterConsonant);
            measure += afterVowel && !isVowel ? 1 : 0;
            (afterConsonant, afterVowel) = (!isVowel, isVowel);
        }

        return Math.Min(measure, 2);
    }

    /// <summary>
    /// Returns whether the stem ends in a consonant, a vowel and a consonant other than <c>w</c>, <c>x</c> and
    /// <c>y</c>.
    /// </summary>
    private static bool EndsShort(ReadOnlySpan<byte> stem)
    {
        if (stem is [.., (byte)'w' or (byte)'x' or (byte)'y'])
        {
            return false;
        }

        var mask = 0;
        var isConsonant = false;
        foreach (var letter in stem)
        {
            isConsonant = !IsVowel(letter, isConsonant);
            mask = (mask << 1) | (isConsonant ? 1 : 0);
        }

        return (mask & 0b111) is 0b101;
    }
}
