using System.Globalization;
using Cms.Site.Feeds;
using Cms.Site.Pages;
using Cms.Site.Parts;
using Cms.Site.Terms;

namespace Cms.Site.Partners;

/// <summary>
/// The feeds of partners: <c>/p/{key}/feed.rss</c>, or <c>/p/feed.rss</c> with the key as the password of HTTP Basic. A feed
/// contains what the agreement of the key's partner includes, because the site reads it with the key. The licence
/// <c>license.xml</c> beside it says what the partner may do with it, and <c>changes</c> lists what has changed.
/// </summary>
internal static class PartnerFeeds
{
    private const int Default = 50;
    private const int Most = 1_000;
    private const int PerAnswer = 50;
    private const string AtomFormat = "atom";
    private const string NinjsFormat = "ninjs";
    private const string Formats =
        "There is nothing here. The addresses for partners end with /feed.rss, .atom, .json or .ninjs, /changes, /license.xml, /takedowns or /usage.csv.";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<SiteSettings>();
        var clock = app.Services.GetRequiredService<TimeProvider>();

        // The site would show the address, which can contain a key, on a page that others may keep.
        app.MapMethods(
            "/p/{**path}",
            Reading,
            (HttpContext http) => PartnerDoor.RefuseAsync(http, StatusCodes.Status404NotFound, Formats)
        );
        foreach (var folder in new[] { "/p", "/p/{key}" })
        {
            app.MapMethods(
                folder + "/feed.{format}",
                Reading,
                (HttpContext http, string format) => SendAsync(http, format, settings, clock)
            );
            app.MapMethods(
                folder + PartnerRights.LicenceFile,
                Reading,
                (HttpContext http) => SendLicenceAsync(http, settings)
            );
        }

        PartnerChanges.Map(app, settings);
        PartnerTakedowns.Map(app, settings);
        PartnerUsageFile.Map(app);
    }

    private static string? KeyOf(HttpContext http) => (string?)http.Request.RouteValues["key"];

    private static Task SendAsync(HttpContext http, string format, SiteSettings settings, TimeProvider clock)
    {
        if (format is not ("rss" or AtomFormat or "json" or NinjsFormat))
        {
            return PartnerDoor.RefuseAsync(http, StatusCodes.Status404NotFound, Formats);
        }

        if (!PartnerDoor.TryReadLimit(http.Request, Default, Most, out var limit))
        {
            return PartnerDoor.RefuseLimitAsync(http, Most);
        }

        DateTimeOffset today = new(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        return PartnerDoor.SendAsync(
            http,
            KeyOf(http),
            // The tombstones of Atom are those of the last days.
            string.Create(CultureInfo.InvariantCulture, $"{limit} {(format == AtomFormat ? today : default):O}"),
            (page, folder) => MakeAsync(page, settings, folder, format, limit, today),
            format
        );
    }

    private static Task SendLicenceAsync(HttpContext http, SiteSettings settings) =>
        PartnerDoor.SendAsync(http, KeyOf(http), "", (page, _) => LicenceAsync(page, settings));

    private static async Task<TextPage> LicenceAsync(PageRequest page, SiteSettings settings)
    {
        var agreement =
            (await page.QueryAsync<PartnerTermsAnswer>("SitePartnerTerms")).Agreement
            ?? throw new SignInEndedException();
        return new TextPage(
            new Licence
            {
                // It is for the articles of the feeds that link to it.
                Scope = "",
                Holder = settings.Name,
                AllowsSearch = true,
                AllowsAiTraining = agreement.AllowsAiTraining,
                AllowsAiSummaries = agreement.AllowsAiSummaries,
                Contact = settings.Terms.Contact,
            }.ToXml(),
            Licence.MediaType + "; charset=utf-8"
        );
    }

    private static async Task<TextPage> MakeAsync(
        PageRequest page,
        SiteSettings settings,
        string folder,
        string format,
        int limit,
        DateTimeOffset today
    )
    {
        List<FeedArticle> articles = [];
        IReadOnlyList<WithdrawnEntry> withdrawn = [];
        PartnerAgreement? agreement = null;
        var since = Words.Iso(FeedTombstones.Since(today));
        for (string? after = null; articles.Count < limit; )
        {
            var answer = await page.QueryAsync<PartnerFeedAnswer>(
                "SitePartnerFeed",
                new
                {
                    first = Math.Min(PerAnswer, limit - articles.Count),
                    after,
                    since,
                    isAtom = format == AtomFormat && after is null,
                }
            );
            agreement = answer.Agreement ?? throw new SignInEndedException();
            articles.AddRange(answer.List.Nodes);
            withdrawn = answer.WithdrawnArticles?.Select(article => article.ToEntry()).ToList() ?? withdrawn;
            if (!answer.List.PageInfo.HasNextPage)
            {
                break;
            }

            after = answer.List.PageInfo.EndCursor;
        }

        var rights = PartnerRights.Of(agreement!, settings.Name, page.Address.Origin + folder);

        // The addresses of their images can end with time.
        var isEarly = articles.Exists(article => article.EmbargoedUntil is not null);
        if (format == NinjsFormat)
        {
            return new TextPage(
                new Ninjs(page.Address, settings.Name, rights).Of(articles),
                "application/json; charset=utf-8"
            )
            {
                CanBeSentAgain = !isEarly,
            };
        }

        var feed = FeedAddress.All with
        {
            Format = Enum.Parse<FeedFormat>(format, ignoreCase: true),
            OwnPath = folder + "/feed",
        };
        FeedEntries entries = new(page.Address, rights.Attribution);
        IReadOnlyList<FeedEntry> found = [.. articles.Select(entries.Of)];
        FeedDocument document = new()
        {
            Address = feed,
            Origin = page.Address.Origin,
            Id = $"tag:{new Uri(page.Address.Origin).Host},2026:partner-feed",
            Publication = settings.Name,
            Title = $"{settings.Name} for {agreement!.Partner}",
            Description = $"The articles of {settings.Name} that the agreement with {agreement.Partner} includes.",
            Language = settings.Language,
            Page = page.Address.Origin + "/",
            Rights = rights.Words,
            Licence = rights.Licence,
            UpdatedAt = FeedDocument.LatestOf(found, withdrawn, DateTimeOffset.UnixEpoch),
            Entries = found,
            Withdrawn = withdrawn,
        };
        return new TextPage(
            feed.Format switch
            {
                FeedFormat.Rss => FeedXml.Rss(document),
                FeedFormat.Atom => FeedXml.AtomOf(document),
                _ => JsonFeed.Of(document),
            },
            feed.MediaType + "; charset=utf-8"
        )
        {
            CanBeSentAgain = !isEarly,
        };
    }
}
