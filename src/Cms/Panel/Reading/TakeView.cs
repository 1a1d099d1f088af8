using Cms.Articles;
using Cms.Media.Rights;
using Cms.Reading;

namespace Cms.Panel.Reading;

/// <summary>A take in an edition, with only the requested columns.</summary>
public abstract class TakeView
{
    public TakeId Id { get; init; }

    public EditionId EditionId { get; init; }

    public ArticleId ArticleId { get; init; }

    public PersonaId PersonaId { get; init; }

    public string PersonaName { get; init; } = "";

    public string PersonaLens { get; init; } = "";

    /// <summary>The text of the take.</summary>
    public string Text { get; init; } = "";

    /// <summary>The position that the take adopts.</summary>
    public Stance Stance { get; init; }

    /// <summary>The persona's confidence in the take, from 0 to 100.</summary>
    public int Confidence { get; init; }

    /// <summary>A one-line summary of the take; null if there is none.</summary>
    public string? Verdict { get; init; }

    /// <summary>The passage that the take refers to; null for the whole article.</summary>
    public TakeAnchor? Anchor { get; init; }

    public TakeId? InReplyTo { get; init; }

    /// <summary>How an AI model contributed to the take; null if there is nothing to disclose.</summary>
    public string? Disclosure { get; init; }

    /// <summary>How an AI model contributed to the take (IPTC); null if none did.</summary>
    public DigitalSourceType? DigitalSourceType { get; init; }

    /// <summary>
    /// When the take was first published. Later revisions do not change this time; publishing the take again after a
    /// withdrawal or a retraction resets it.
    /// </summary>
    public DateTimeOffset PublishedAt { get; init; }

    /// <summary>
    /// When this revision of the take was first published. Equal to <c>publishedAt</c> if no earlier revision was
    /// published.
    /// </summary>
    public DateTimeOffset UpdatedAt { get; init; }

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
                DigitalSourceType = take.DigitalSourceType,
                PublishedAt = take.PublishedAt,
                UpdatedAt = take.UpdatedAt,
            },
            nameof(Id),
            nameof(EditionId),
            nameof(ArticleId),
            nameof(PublishedAt)
        );
}
