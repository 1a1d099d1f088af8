using System.Globalization;

namespace Cms.Studio.Layout;

/// <summary>Writes numbers that the API counts only up to a limit.</summary>
internal static class Counted
{
    /// <summary>The number at which the API stops counting the articles of a list.</summary>
    public const int MostArticles = 1000;

    /// <summary>The number at which the API stops counting unread items.</summary>
    public const int MostUnread = 100;

    /// <summary>Returns a count in digits, such as 12 or 99+.</summary>
    /// <param name="count">The count.</param>
    /// <param name="most">The number at which the API stops counting.</param>
    public static string InDigits(int count, int most) =>
        count < most
            ? count.ToString("N0", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{most - 1:N0}+");
}
