using System.Globalization;
using System.Text.RegularExpressions;
using Cms.Site.Pages;
using Cms.Site.Parts;

namespace Cms.Site.Sitemaps;

/// <summary>
/// The sitemap: an index, a part for each month in which articles were published, and parts for everything else. A part
/// has at most 5,000 addresses. Lists can only be read from their start, 100 items at a time, so the first part of a list
/// takes at most 50 queries and each further part 50 more. The API answers 304 to those whose answer has not changed.
/// </summary>
internal static partial class SitemapPages
{
    private const string Xml = "application/xml; charset=utf-8";
    private const string Month = "yyyy-MM";
    private const int PerPart = 5_000;

    // These bound the work for one request: the last part of a list takes 200 queries. Newsrooms have fewer months, and
    // shorter lists.
    private const int MaxMonths = 600;
    private const int MaxParts = 4;
    private const int MaxNews = 1_000;

    private static readonly TimeSpan NewsAge = TimeSpan.FromHours(48);
    private static readonly string[] Lists = ["tags", "tools", "sources", "authors"];

    public static void Map(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<SiteSettings>();
        var clock = app.Services.GetRequiredService<TimeProvider>();
        app.MapText("/sitemap.xml", page => ShowIndexAsync(page, clock));
        app.MapText("/sitemaps/news.xml", page => ShowNewsAsync(page, settings, clock));
        app.MapText("/sitemaps/pages.xml", ShowPagesAsync);
        app.MapText("/sitemaps/{name}", ShowPartAsync);
    }

    private static async Task<PageResult> ShowIndexAsync(PageRequest page, TimeProvider clock)
    {
        var all = await page.QueryAsync<SitemapAnswer>("SiteSitemap");
        var newest = all.Articles.Items is [var first, ..] ? first.PublishedAt : (DateTimeOffset?)null;
        List<SitemapEntry> parts = [];

        // From the newest month back, from one month with articles to the one before it.
        List<SitemapEntry> months = [];
        for (var (at, count) = (newest, 0); at is { } day && count < MaxMonths; count++)
        {
            var month = new DateTimeOffset(day.UtcDateTime.Year, day.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
            var answer = await page.QueryAsync<MonthAnswer>(
                "SiteSitemapMonth",
                new { from = Words.Iso(month), to = Words.Iso(month.AddMonths(1)) }
            );
            DateTimeOffset? changed = answer.Month.Nodes is [var last, ..] ? last.UpdatedAt : null;
            months.AddRange(
                PartsOf($"articles-{month.ToString(Month, CultureInfo.InvariantCulture)}", answer.Month.TotalCount)
                    .Reverse()
                    .Select(name => Part(page, name, changed))
            );
            at = answer.Earlier.Items is [var earlier, ..] ? earlier.PublishedAt : null;
        }

        var (since, expires) = NewsTimes(clock);
        if (newest >= since)
        {
            parts.Add(Part(page, "news", newest));
        }

        parts.Add(Part(page, "pages"));
        parts.AddRange(
            Lists
                .Zip([all.Tags, all.Tools, all.Sources, all.Authors])
                .SelectMany(list => PartsOf(list.First, list.Second.TotalCount))
                .Select(name => Part(page, name))
        );
        parts.AddRange(months.AsEnumerable().Reverse());
        return new TextPage(SitemapXml.Index(parts), Xml) { ExpiresAt = expires };
    }

    private static async Task<PageResult> ShowNewsAsync(PageRequest page, SiteSettings settings, TimeProvider clock)
    {
        var (since, expires) = NewsTimes(clock);
        var articles = await ReadAsync<SitemapNews>(
            page,
            "SiteSitemapNews",
            after => new { since = Words.Iso(since), after },
            MaxNews
        );
        return new TextPage(
            SitemapXml.NewsPart(
                articles
                    .Select(article => (Url: UrlOf(page, "articles", article.Slug), article))
                    .Where(article => article.article.Seo.IsListed(article.Url)),
                settings.Name
            ),
            Xml
        )
        {
            ExpiresAt = expires,
        };
    }

    private static async Task<PageResult> ShowPagesAsync(PageRequest page)
    {
        var sections = await ReadTermsAsync(page, "SiteSitemapCategories", PerPart);
        var personas = await ReadTermsAsync(page, "SiteSitemapPersonas", PerPart);
        return new TextPage(
            SitemapXml.Part([
                new SitemapEntry(page.Address.Origin + "/", Newest(sections)),
                new SitemapEntry(page.Address.Origin + "/panel", Newest(personas)),
                .. sections.Select(section => Entry(page, "categories", section)),
                .. personas.Select(persona => Entry(page, "panel", persona)),
            ]),
            Xml
        );
    }

    private static async Task<PageResult> ShowPartAsync(PageRequest page)
    {
        if (PartName().Match(page["name"]!) is not { Success: true } name)
        {
            return PageResult.Missing;
        }

        var part = name.Groups["part"] is { Success: true, Value: var number }
            ? int.Parse(number, CultureInfo.InvariantCulture)
            : 1;
        var skipped = (part - 1) * PerPart;
        var pages = name.Groups["month"] is { Success: true, Value: var month }
            ? await ArticlesAsync(page, month, skipped)
            : await TermsAsync(page, name.Groups["list"].Value, skipped);

        // A part that is empty because of its number was never listed.
        return pages.Count == 0 && part > 1 ? PageResult.Missing : new TextPage(SitemapXml.Part(pages), Xml);
    }

    private static async Task<List<SitemapEntry>> ArticlesAsync(PageRequest page, string month, int skipped)
    {
        var from = DateTimeOffset.ParseExact(
            month,
            Month,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );
        var articles = await ReadAsync<SitemapArticle>(
            page,
            "SiteSitemapArticles",
            after => new
            {
                from = Words.Iso(from),
                to = Words.Iso(from.AddMonths(1)),
                after,
            },
            skipped + PerPart
        );
        return
        [
            .. articles
                .Skip(skipped)
                .Select(article =>
                    (article.Seo, Entry: new SitemapEntry(UrlOf(page, "articles", article.Slug), article.UpdatedAt))
                )
                .Where(article => article.Seo.IsListed(article.Entry.Url))
                .Select(article => article.Entry),
        ];
    }

    private static async Task<List<SitemapEntry>> TermsAsync(PageRequest page, string list, int skipped) =>
        [
            .. (
                await ReadTermsAsync(
                    page,
                    "SiteSitemap" + char.ToUpperInvariant(list[0]) + list[1..],
                    skipped + PerPart
                )
            )
                .Skip(skipped)
                // Search engines do not list empty pages of topics and sources.
                .Where(term => list is not ("tags" or "sources") || term.ChangedAt is not null)
                .Select(term => Entry(page, list, term)),
        ];

    private static Task<List<SitemapTerm>> ReadTermsAsync(PageRequest page, string operation, int most) =>
        ReadAsync<SitemapTerm>(page, operation, after => new { after }, most);

    // Reads a list from its start until it ends or has given enough.
    private static async Task<List<T>> ReadAsync<T>(
        PageRequest page,
        string operation,
        Func<string?, object> variables,
        int most
    )
    {
        List<T> read = [];
        for (string? after = null; read.Count < most; )
        {
            var (info, nodes) = (await page.QueryAsync<ChainAnswer<T>>(operation, variables(after))).List;
            read.AddRange(nodes.Take(most - read.Count));
            if (!info.HasNextPage || info.EndCursor is null)
            {
                break;
            }

            after = info.EndCursor;
        }

        return read;
    }

    private static IEnumerable<string> PartsOf(string name, int count) =>
        Enumerable
            .Range(1, Math.Min(MaxParts, (count + PerPart - 1) / PerPart))
            .Select(part => part == 1 ? name : $"{name}.{part}");

    private static SitemapEntry Part(PageRequest page, string name, DateTimeOffset? changed = null) =>
        new($"{page.Address.Origin}/sitemaps/{name}.xml", changed);

    private static SitemapEntry Entry(PageRequest page, string folder, SitemapTerm term) =>
        new(UrlOf(page, folder, term.Slug), term.ChangedAt);

    private static string UrlOf(PageRequest page, string folder, string slug) =>
        $"{page.Address.Origin}/{folder}/{Uri.EscapeDataString(slug)}";

    private static DateTimeOffset? Newest(IEnumerable<SitemapTerm> terms) => terms.Max(term => term.ChangedAt);

    // The time moves in whole hours, so that the same question is asked, and answered from a cache, for an hour.
    private static (DateTimeOffset Since, DateTimeOffset Expires) NewsTimes(TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        DateTimeOffset hour = new(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        return (hour - NewsAge + TimeSpan.FromHours(1), hour.AddHours(1));
    }

    [GeneratedRegex(
        @"^(articles-(?<month>[12][0-9]{3}-(0[1-9]|1[0-2]))|(?<list>tags|tools|sources|authors))(\.(?<part>[2-4]))?\.xml$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex PartName();
}
