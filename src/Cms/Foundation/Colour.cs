using Cms.GraphQL;

namespace Cms.Foundation;

/// <summary>A colour as <c>#</c> and six hexadecimal digits.</summary>
public static class Colour
{
    public static bool IsWellFormed(string text) =>
        text is ['#', _, _, _, _, _, _] && text.Skip(1).All(char.IsAsciiHexDigit);
}

/// <summary>The colour is not in the format #rrggbb.</summary>
/// <param name="Colour">The value from the request.</param>
public sealed record ColourMalformed(string Colour) : UserError("Write the colour as # and six hexadecimal digits.");
