using Cms.Articles;
using Cms.Foundation;
using Cms.Panel;
using Cms.People;

namespace Cms.Import;

/// <summary>Reads an article from its front matter and the body below it.</summary>
internal static class ArticleFrontMatter
{
    private static readonly string[] Known =
    [
        "type",
        "id",
        "headline",
        "slug",
        "summary",
        "byline",
        "authors",
        "language",
        "category",
        "source",
        "date",
        "tags",
        "tools",
        "hero",
        "status",
        "scheduledAt",
        "embargoUntil",
        "corrections",
        "takes",
        "draftedWith",
        "reviewedBy",
    ];

    public static ArticleItem Read(string origin, string name, FrontMatterKeys keys, string body)
    {
        keys.Allow(Known);
        return new ArticleItem
        {
            Origin = origin,
            Id = keys.Text("id") ?? name,
            Headline = keys.Required("headline"),
            Slug = keys.Text("slug"),
            Summary = keys.Text("summary"),
            Byline = keys.Text("byline"),
            Authors = keys.Texts("authors"),
            Language = keys.Text("language") ?? "en",
            Category = keys.Text("category"),
            Source = keys.Map("source")?.Allow(["name", "url"]).Required("name"),
            SourceUrl = keys.Map("source")?.Text("url"),
            Date = keys.Date("date"),
            Tags = keys.Texts("tags"),
            Tools = keys.Texts("tools"),
            Hero = Hero(keys),
            Status = keys.Status("status"),
            ScheduledAt = keys.Time("scheduledAt"),
            EmbargoUntil = keys.Time("embargoUntil"),
            Corrections = [.. keys.Maps("corrections").Select(Correction)],
            Takes = [.. keys.Maps("takes").Select(Take)],
            TextOrigin = Origin(keys),
            Markdown = body,
        };
    }

    private static TakeItem Take(FrontMatterKeys keys)
    {
        keys.Allow([
            "persona",
            "text",
            "stance",
            "confidence",
            "verdict",
            "anchor",
            "inReplyTo",
            "draftedWith",
            "reviewedBy",
        ]);
        var anchor = keys.Map("anchor")?.Allow(["quote", "block"]);
        return new TakeItem
        {
            Persona = keys.Required("persona"),
            Content = new TakeContent
            {
                Text = keys.Required("text"),
                Stance = keys.Choice("stance", Stance.Mixed),
                Confidence = keys.Number("confidence", 50),
                Verdict = keys.Text("verdict"),
            },
            Anchor = anchor is null
                ? null
                : new PassageItem { Quote = anchor.Quotation("quote"), Block = anchor.Text("block") },
            InReplyTo = keys.Text("inReplyTo"),
            Origin = Origin(keys),
        };
    }

    private static CorrectionItem Correction(FrontMatterKeys keys)
    {
        keys.Allow(["at", "kind", "note", "severity"]);
        return new CorrectionItem
        {
            Line = keys.Line,
            At = keys.RequiredDate("at").ToMilliseconds(),
            Kind = keys.Choice("kind", CorrectionKind.Correction),
            Note = keys.Text("note"),
            Severity = keys.Text("severity") is null ? null : keys.Choice("severity", CorrectionSeverity.Minor),
        };
    }

    private static TextOrigin Origin(FrontMatterKeys keys)
    {
        var model = keys.Map("draftedWith")?.Allow(["model", "version", "editedBy"]);
        return new TextOrigin
        {
            DraftedWith = model is null
                ? null
                : new DraftedWith { Model = model.Required("model"), Version = model.Text("version") },
            EditedBy = model?.Text("editedBy"),
            ReviewedBy = keys.Text("reviewedBy"),
        };
    }

    private static HeroItem? Hero(FrontMatterKeys keys)
    {
        if (!keys.IsMap("hero"))
        {
            return keys.Text("hero") is { } file ? new HeroItem { File = file } : null;
        }

        var hero = keys.Map("hero")!.Allow(["image", "alt", "caption"]);
        return new HeroItem
        {
            File = hero.Required("image"),
            Alt = hero.Text("alt"),
            Caption = hero.Text("caption"),
        };
    }
}
