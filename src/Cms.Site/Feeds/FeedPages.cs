using Cms.Site.Pages;
using Cms.Site.Parts;
using Cms.Site.Sitemaps;

namespace Cms.Site.Feeds;

/// <summary>
/// The feeds of articles and takes. A feed contains the newest 50 items, and all articles of today if there are more. A
/// feed of articles also has an archive: a document for each earlier day (in UTC) on which articles were published.
/// Each links to the one before it (RFC 5005), so that a program can read everything that was ever published.
/// </summary>
internal static class FeedPages
{
    // The maximum number of items in a document. An answer has 50.
    private const int PerDocument = 1_000;

    public static void Map(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<SiteSettings>();
        var clock = app.Services.GetRequiredService<TimeProvider>();
        app.MapPage(FeedAddress.Folder, ShowListAsync);
        app.MapText(FeedAddress.Folder + ".opml", page => ShowOpmlAsync(page, settings));
        app.MapText(FeedAddress.Folder + "/{**feed}", page => ShowAsync(page, settings, clock));
    }

    private static async Task<PageResult> ShowListAsync(PageRequest page) =>
        PageResult.Show<FeedsPage>((nameof(FeedsPage.Feeds), await page.QueryAsync<FeedsAnswer>("SiteFeeds")));

    private static async Task<PageResult> ShowOpmlAsync(PageRequest page, SiteSettings settings) =>
        new TextPage(
            Opml.Of(FeedGroup.All(await page.QueryAsync<FeedsAnswer>("SiteFeeds")), page.Address.Origin, settings),
            "text/x-opml; charset=utf-8"
        );

    private static async Task<PageResult> ShowAsync(PageRequest page, SiteSettings settings, TimeProvider clock)
    {
        if (page["feed"] is not { } path || FeedAddress.Parse(path) is not { } feed)
        {
            return PageResult.Missing;
        }

        var today = new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        if (feed.Day is { } day && StartOf(day) >= today)
        {
            // The day has not ended, so its articles are in the feed itself.
            return PageResult.Missing;
        }

        FeedSubjectData? subject = null;
        if (feed.Subject is not FeedSubject.All)
        {
            subject = await SubjectAsync(page, feed);
            if (subject is null)
            {
                return PageResult.Missing;
            }

            if (subject.Slug != feed.Slug)
            {
                return PageResult.Moved((feed with { Slug = subject.Slug }).Path);
            }
        }

        FeedEntries entries = new(page.Address);
        IReadOnlyList<FeedEntry> found;
        FeedAddress? older = null;
        if (feed.HasTakes)
        {
            var takes = await page.QueryAsync<FeedTakes>(
                "SiteFeedTakes",
                feed.Slug.Length == 0 ? null : new { where = FeedFilter.TakeFilter.By(feed.Slug) }
            );
            found = [.. takes.Takes.Items.Select(entries.Of)];
        }
        else
        {
            var (articles, goesOn) = await ArticlesAsync(page, feed, today);
            found = [.. articles.Select(entries.Of)];
            older =
                goesOn && feed.Part < FeedAddress.MaxPart
                    ? feed with
                    {
                        Part = feed.Part + 1,
                    }
                    : await OlderAsync(page, feed, feed.Day is { } shown ? StartOf(shown) : today);
        }

        if (feed.Day is not null && found.Count == 0)
        {
            return PageResult.Missing;
        }

        var withdrawn = await FeedTombstones.ReadAsync(page, feed, subject, today);
        return PageOf(Describe(feed, subject, found, withdrawn, older, page.Address.Origin, settings, today), today);
    }

    private static TextPage PageOf(FeedDocument feed, DateTimeOffset today) =>
        new(
            feed.Address.Format switch
            {
                FeedFormat.Rss => FeedXml.Rss(feed),
                FeedFormat.Atom => FeedXml.AtomOf(feed),
                _ => JsonFeed.Of(feed),
            },
            feed.Address.MediaType + "; charset=utf-8"
        )
        {
            Links = feed.LinkHeader,
            // At midnight, the articles of today become a document of the archive, and tombstones end.
            ExpiresAt = feed.Address.Day is null ? today.AddDays(1) : null,
        };

    private static async Task<FeedSubjectData?> SubjectAsync(PageRequest page, FeedAddress feed) =>
        (
            await page.QueryAsync<FeedSubjectAnswer>(
                "SiteFeedSubject",
                new
                {
                    slug = feed.Slug,
                    isCategory = feed.Subject is FeedSubject.Category,
                    isTag = feed.Subject is FeedSubject.Tag,
                    isTool = feed.Subject is FeedSubject.Tool,
                    isPersona = feed.Subject is FeedSubject.Persona,
                }
            )
        ).Found;

    // Returns the articles of a document, and whether the day has more than fit.
    private static async Task<(IReadOnlyList<FeedArticle> Articles, bool GoesOn)> ArticlesAsync(
        PageRequest page,
        FeedAddress feed,
        DateTimeOffset today
    )
    {
        var filter = FeedFilter.Of(feed);
        if (feed.Day is { } day)
        {
            filter = filter with { PublishedAt = new(Words.Iso(StartOf(day)), Words.Iso(StartOf(day).AddDays(1))) };
        }

        List<FeedArticle> read = [];
        var most = PerDocument * feed.Part;
        for (string? after = null; read.Count <= most; )
        {
            var (info, nodes) = (await page.QueryAsync<FeedAnswer>("SiteFeed", new { where = filter, after })).List;
            read.AddRange(nodes);
            if (!info.HasNextPage || (feed.Day is null && read[^1].PublishedAt < today))
            {
                break;
            }

            after = info.EndCursor;
        }

        return (
            [.. read.Skip(most - PerDocument).Take(PerDocument)],
            GoesOn: feed.Day is not null && read.Count > most
        );
    }

    // Returns the day of the newest article before a time.
    private static async Task<FeedAddress?> OlderAsync(PageRequest page, FeedAddress feed, DateTimeOffset before)
    {
        var filter = FeedFilter.Of(feed) with { PublishedAt = new(Gte: null, Words.Iso(before)) };
        return
            (await page.QueryAsync<FeedBefore>("SiteFeedBefore", new { where = filter })).Articles.Items
                is [var newest, ..]
            ? feed with
            {
                Day = DateOnly.FromDateTime(newest.PublishedAt.UtcDateTime),
                Part = 1,
            }
            : null;
    }

    private static FeedDocument Describe(
        FeedAddress feed,
        FeedSubjectData? subject,
        IReadOnlyList<FeedEntry> entries,
        IReadOnlyList<WithdrawnEntry> withdrawn,
        FeedAddress? older,
        string origin,
        SiteSettings settings,
        DateTimeOffset today
    )
    {
        var what = FeedGroup.TitleOf(feed, subject?.Name);
        return new FeedDocument
        {
            Address = feed,
            Origin = origin,
            Licence = origin + SiteFiles.Licence,
            // A document of the archive does not change, so there is nothing to subscribe to.
            Hub = feed.Day is null ? settings.Hub : null,
            Publication = settings.Name,
            Title = what is null ? settings.Name : $"{what} — {settings.Name}",
            Description = $"{settings.Tagline}.",
            Language = settings.Language,
            Page = origin + FeedGroup.PageOf(feed),
            // An empty feed has no date of its own.
            UpdatedAt = FeedDocument.LatestOf(entries, withdrawn, today),
            PreviousArchive = older,
            Entries = entries,
            Withdrawn = withdrawn,
        };
    }

    private static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
