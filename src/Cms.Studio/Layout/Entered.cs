using System.Globalization;

namespace Cms.Studio.Layout;

/// <summary>Reads what forms and addresses hold. The project imports its methods for all files.</summary>
internal static class Entered
{
    /// <summary>Returns a text without spaces around it; null if nothing is left.</summary>
    public static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Returns a whole number; null if the text is none.</summary>
    public static int? NumberOf(string? text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}
