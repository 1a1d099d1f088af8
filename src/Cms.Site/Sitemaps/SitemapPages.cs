using System.Globalization;
using System.Text.RegularExpressions;
using Cms.Site.Pages;
using Cms.Site.Parts;

namespace Cms.Site.Sitemaps;

/// <summary>
/// The sitemap: an index, a part for each month in which articles were published, and parts for everything else. A part
/// has at most 5,000 addresses, and a list without any has no part. Lists can only be read from their start, 100 items
/// at a time, so the first part of a list takes at most 50 queries and each further part 50 more. The API answers 304 to
/// those whose answer has not changed.
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
            if (await LastChangeAsync(page, month, answer.Month) is { } changed)
            {
                months.AddRange(
                    PartsOf($"articles-{month.ToString(Month, CultureInfo.InvariantCulture)}", answer.Month.TotalCount)
                        .Reverse()
                        .Select(name => Part(page, name, changed))
                );
            }

            at = answer.Earlier.Items is [var earlier, ..] ? earlier.PublishedAt : null;
        }

        var (since, expires) = NewsTimes(clock);
        if (newest >= since && await News(page, since).FirstOrDefaultAsync() is { } latest)
        {
            parts.Add(Part(page, "news", latest.PublishedAt));
        }

        parts.Add(Part(page, "pages"));
        foreach (var (list, total) in Lists.Zip([all.Tags, all.Tools, all.Sources, all.Authors]))
        {
            if (await Terms(page, list).AnyAsync(term => IsListed(list, term)))
            {
                parts.AddRange(PartsOf(list, total.TotalCount).Select(name => Part(page, name)));
            }
        }

        parts.AddRange(months.AsEnumerable().Reverse());
        return new TextPage(SitemapXml.Index(parts), Xml) { ExpiresAt = expires };
    }

    // Returns when a listed article of the month last changed; null if the month has none. Articles with the address of
    // another site are rare, so one of the ten that changed last is nearly always listed.
    private static async Task<DateTimeOffset?> LastChangeAsync(
        PageRequest page,
        DateTimeOffset month,
        MonthData data
    ) =>
        data.Nodes.FirstOrDefault(article => IsListed(page, article)) is { } last ? last.UpdatedAt
        : data.Nodes.Count == data.TotalCount ? null
        : await Articles(page, month)
            .Take(MaxParts * PerPart)
            .Where(article => IsListed(page, article))
            .Select(article => (DateTimeOffset?)article.UpdatedAt)
            .MaxAsync();

    private static async Task<PageResult> ShowNewsAsync(PageRequest page, SiteSettings settings, TimeProvider clock)
    {
        var (since, expires) = NewsTimes(clock);
        var articles = await News(page, since)
            .Select(article => (page.Address.UrlOf("articles", article.Slug), article))
            .ToListAsync();
        return new TextPage(SitemapXml.NewsPart(articles, settings.Name), Xml) { ExpiresAt = expires };
    }

    private static async Task<PageResult> ShowPagesAsync(PageRequest page)
    {
        var sections = await Terms(page, "categories").Take(PerPart).ToListAsync();
        var personas = await Terms(page, "personas").Take(PerPart).ToListAsync();
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
        var pages = name.Groups["month"] is { Success: true, Value: var month }
            ? await ArticlesAsync(page, month, part)
            : await TermsAsync(page, name.Groups["list"].Value, part);

        // A part that is empty because of its number was never listed.
        return pages.Count == 0 && part > 1 ? PageResult.Missing : new TextPage(SitemapXml.Part(pages), Xml);
    }

    private static async Task<List<SitemapEntry>> ArticlesAsync(PageRequest page, string month, int part)
    {
        var from = DateTimeOffset.ParseExact(
            month,
            Month,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );
        return await Articles(page, from)
            .Skip((part - 1) * PerPart)
            .Take(PerPart)
            .Where(article => IsListed(page, article))
            .Select(article => new SitemapEntry(page.Address.UrlOf("articles", article.Slug), article.UpdatedAt))
            .ToListAsync();
    }

    private static async Task<List<SitemapEntry>> TermsAsync(PageRequest page, string list, int part) =>
        await Terms(page, list)
            .Skip((part - 1) * PerPart)
            .Take(PerPart)
            .Where(term => IsListed(list, term))
            .Select(term => Entry(page, list, term))
            .ToListAsync();

    // The articles of a month that search engines may list, the oldest first.
    private static IAsyncEnumerable<SitemapArticle> Articles(PageRequest page, DateTimeOffset month) =>
        ReadAsync<SitemapArticle>(
            page,
            "SiteSitemapArticles",
            after => new
            {
                from = Words.Iso(month),
                to = Words.Iso(month.AddMonths(1)),
                after,
            }
        );

    // The listed articles since a time, the newest first.
    private static IAsyncEnumerable<SitemapNews> News(PageRequest page, DateTimeOffset since) =>
        ReadAsync<SitemapNews>(page, "SiteSitemapNews", after => new { since = Words.Iso(since), after })
            .Take(MaxNews)
            .Where(article => IsListed(page, article));

    private static IAsyncEnumerable<SitemapTerm> Terms(PageRequest page, string list) =>
        ReadAsync<SitemapTerm>(
            page,
            "SiteSitemap" + char.ToUpperInvariant(list[0]) + list[1..],
            after => new { after }
        );

    // Search engines list an article with the address of another site only there.
    private static bool IsListed(PageRequest page, ISitemapArticle article) =>
        article.Seo.CanonicalUrl is not { } other || other == page.Address.UrlOf("articles", article.Slug);

    // Search engines do not list empty pages of topics and sources.
    private static bool IsListed(string list, SitemapTerm term) =>
        list is not ("tags" or "sources") || term.ChangedAt is not null;

    // Reads a list from its start, as far as somebody takes items from it.
    private static async IAsyncEnumerable<T> ReadAsync<T>(
        PageRequest page,
        string operation,
        Func<string?, object> variables
    )
    {
        string? after = null;
        do
        {
            var (info, nodes) = (await page.QueryAsync<ChainAnswer<T>>(operation, variables(after))).List;
            foreach (var node in nodes)
            {
                yield return node;
            }

            after = info.HasNextPage ? info.EndCursor : null;
        } while (after is not null);
    }

    private static IEnumerable<string> PartsOf(string name, int count) =>
        Enumerable
            .Range(1, Math.Min(MaxParts, (count + PerPart - 1) / PerPart))
            .Select(part => part == 1 ? name : $"{name}.{part}");

    private static SitemapEntry Part(PageRequest page, string name, DateTimeOffset? changed = null) =>
        new($"{page.Address.Origin}/sitemaps/{name}.xml", changed);

    private static SitemapEntry Entry(PageRequest page, string folder, SitemapTerm term) =>
        new(page.Address.UrlOf(folder, term.Slug), term.ChangedAt);

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
