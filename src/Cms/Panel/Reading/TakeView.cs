using Cms.Articles;
using Cms.Reading;

namespace Cms.Panel.Reading;

/// <summary>A take as an edition carries it: a row that holds the columns that were asked for.</summary>
public abstract class TakeView
{
    public TakeId Id { get; init; }

    public EditionId EditionId { get; init; }

    public ArticleId ArticleId { get; init; }

    public PersonaId PersonaId { get; init; }

    public string PersonaName { get; init; } = "";

    public string PersonaLens { get; init; } = "";

    /// <summary>The take.</summary>
    public string Text { get; init; } = "";

    /// <summary>Which way it leans.</summary>
    public Stance Stance { get; init; }

    /// <summary>How sure the persona is, 0 to 100.</summary>
    public int Confidence { get; init; }

    /// <summary>The take in one line; null when it has none.</summary>
    public string? Verdict { get; init; }

    /// <summary>The passage it speaks of; null when it speaks of the whole article.</summary>
    public TakeAnchor? Anchor { get; init; }

    public TakeId? InReplyTo { get; init; }

    /// <summary>What a model had to do with it; null when there is nothing to disclose.</summary>
    public string? Disclosure { get; init; }

    /// <summary>When it was first published.</summary>
    public DateTimeOffset PublishedAt { get; init; }

    private protected static Projection<EditionTake, TView> Of<TView>()
        where TView : TakeView, new() =>
        new(
            take => new TView
            {
                Id = take.TakeId,
                EditionId = take.EditionId,
                ArticleId = take.ArticleId,
                PersonaId = take.PersonaId,
                PersonaName = take.PersonaName,
                PersonaLens = take.PersonaLens,
                Text = take.Text,
                Stance = take.Stance,
                Confidence = take.Confidence,
                Verdict = take.Verdict,
                Anchor = take.Anchor,
                InReplyTo = take.InReplyTo,
                Disclosure = take.Disclosure,
                PublishedAt = take.PublishedAt,
            },
            nameof(Id),
            nameof(EditionId),
            nameof(ArticleId),
            nameof(PublishedAt)
        );
}
