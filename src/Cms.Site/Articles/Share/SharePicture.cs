using Cms.Site.Parts;
using SkiaSharp;

namespace Cms.Site.Articles.Share;

/// <summary>Draws the image that links to an article show on other sites: the headline, and the panel's line.</summary>
internal sealed class SharePicture(SiteSettings settings)
{
    public const int Width = 1200;
    public const int Height = 630;

    private const int Margin = 72;
    private const int MaxLines = 4;
    private const float LargestHeadline = 84;
    private const float SmallestHeadline = 52;
    private const float LineHeight = 1.06f;

    // The headline has the space between the name of the site and the panel's line.
    private const float HeadlineTop = 150;
    private const float HeadlineHeight = 280;
    private const float LineY = 522;
    private const float BarWidth = 40;
    private const float BarGap = 18;
    private const float LongestBar = 60;

    private static readonly SKColor Page = SKColors.White;
    private static readonly SKColor Ink = SKColor.Parse("#15181b");
    private static readonly SKColor Soft = SKColor.Parse("#56606a");
    private static readonly SKTypeface Display = Read("display.ttf");
    private static readonly SKTypeface Sans = Read("sans.ttf");

    /// <summary>Returns whether the fonts have all the letters of a headline. Otherwise readers would see empty boxes.</summary>
    public static bool CanShow(string headline)
    {
        using SKFont font = new(Display);
        return HasLetters(font, headline);
    }

    /// <summary>Returns the image as PNG.</summary>
    public byte[] Draw(ShareArticle article)
    {
        using SKBitmap bitmap = new(Width, Height);
        using SKCanvas canvas = new(bitmap);
        using SKPaint paint = new() { IsAntialias = true };
        canvas.Clear(Page);
        Name(canvas, paint, article.Category?.Name);
        Headline(canvas, paint, Typography.Curl(article.Headline, article.Language));
        Panel(canvas, paint, article.Takes);
        canvas.Flush();
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private void Name(SKCanvas canvas, SKPaint paint, string? section)
    {
        paint.Color = Accent;
        canvas.DrawRect(0, 0, Width, 12, paint);
        using SKFont name = new(Display, 40);
        paint.Color = Ink;
        canvas.DrawText(settings.Name, Margin, 98, SKTextAlign.Left, name, paint);
        using SKFont small = new(Sans, 26);
        if (section is null || !HasLetters(small, section))
        {
            return;
        }

        paint.Color = Accent;
        canvas.DrawText(section, Width - Margin, 96, SKTextAlign.Right, small, paint);
    }

    private static void Headline(SKCanvas canvas, SKPaint paint, string headline)
    {
        using SKFont font = new(Display, LargestHeadline) { Subpixel = true };
        var lines = Wrap(font, headline);
        while (font.Size > SmallestHeadline && !Fits(font, lines))
        {
            font.Size -= 4;
            lines = Wrap(font, headline);
        }

        if (lines.Count > MaxLines)
        {
            lines = [.. lines.Take(MaxLines - 1), Cut(font, lines[MaxLines - 1])];
        }

        paint.Color = Ink;
        for (var i = 0; i < lines.Count; i++)
        {
            canvas.DrawText(
                lines[i],
                Margin,
                HeadlineTop + (font.Size * 0.82f) + (i * font.Size * LineHeight),
                SKTextAlign.Left,
                font,
                paint
            );
        }
    }

    private void Panel(SKCanvas canvas, SKPaint paint, IReadOnlyList<ShareTake> takes)
    {
        using SKFont font = new(Sans, 28);
        if (takes.Count == 0)
        {
            paint.Color = Soft;
            canvas.DrawText(settings.Tagline, Margin, LineY + 10, SKTextAlign.Left, font, paint);
            return;
        }

        var width = (takes.Count * (BarWidth + BarGap)) - BarGap;
        foreach (var (i, take) in takes.Index())
        {
            var x = Margin + (i * (BarWidth + BarGap));
            var length = 14 + (take.Confidence / 100f * (LongestBar - 14));
            paint.Color = ColourOf(take.Persona);
            var (top, height) = take.Stance switch
            {
                Stance.Supportive => (LineY - length, length),
                Stance.Skeptical => (LineY, length),
                _ => (LineY - 9, 18),
            };
            canvas.DrawRect(x, top, BarWidth, height, paint);
        }

        paint.Color = Ink;
        canvas.DrawRect(Margin - 10, LineY - 1.5f, width + 20, 3, paint);
        var panel = Words.Count(takes);
        var left = Margin + width + 48;
        canvas.DrawText(Words.Title(panel), left, LineY - 8, SKTextAlign.Left, font, paint);
        paint.Color = Soft;
        font.Size = 24;
        canvas.DrawText(Words.Sentence(panel), left, LineY + 32, SKTextAlign.Left, font, paint);
    }

    private SKColor Accent => SKColor.TryParse(settings.Accent, out var accent) ? accent : Ink;

    private static SKColor ColourOf(SharePersona persona) =>
        SKColor.TryParse(persona.AccentColour ?? "", out var colour) ? colour : Soft;

    private static bool HasLetters(SKFont font, string text) =>
        font.ContainsGlyphs(string.Concat(text.Where(sign => !char.IsWhiteSpace(sign))));

    private static bool Fits(SKFont font, List<string> lines) =>
        lines.Count <= MaxLines && lines.Count * font.Size * LineHeight <= HeadlineHeight;

    private static List<string> Wrap(SKFont font, string text)
    {
        const float Room = Width - (2 * Margin);
        List<string> lines = [];
        var line = "";
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && font.MeasureText(longer) > Room)
            {
                lines.Add(line);
                longer = word;
            }

            line = longer;
        }

        return line.Length == 0 ? lines : [.. lines, line];
    }

    private static string Cut(SKFont font, string line)
    {
        var cut = line;
        while (cut.Contains(' ', StringComparison.Ordinal) && font.MeasureText(cut + " …") > Width - (2 * Margin))
        {
            cut = cut[..cut.LastIndexOf(' ')];
        }

        return cut + " …";
    }

    private static SKTypeface Read(string name)
    {
        using var file = typeof(SharePicture).Assembly.GetManifestResourceStream("share/" + name)!;
        using var data = SKData.Create(file);
        return SKTypeface.FromData(data);
    }
}
