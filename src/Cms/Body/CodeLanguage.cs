namespace Cms.Body;

/// <summary>
/// Checks the name of a programming language, such as <c>csharp</c>, <c>c++</c> or <c>objective-c</c>. The name becomes
/// part of a CSS class.
/// </summary>
internal static class CodeLanguage
{
    public const int MaxLength = 32;

    public static bool IsValid(ReadOnlySpan<char> name)
    {
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('+' or '-' or '#' or '.' or '_'))
            {
                return false;
            }
        }

        return name.Length is > 0 and <= MaxLength;
    }
}
