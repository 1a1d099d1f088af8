using Cms.Articles;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;

namespace Cms.Panel.Drafting;

/// <summary>The fields of a persona. Omitted fields keep their values.</summary>
public abstract record PersonaWords : MutationInput
{
    /// <summary>A description of the persona.</summary>
    public Optional<string?> Bio { get; init; }

    /// <summary>How the persona writes. Visible to staff only.</summary>
    public Optional<string?> VoiceGuide { get; init; }

    /// <summary>The persona's colour as #rrggbb.</summary>
    public Optional<string?> AccentColour { get; init; }

    /// <summary>The id of the persona's picture: an image in the library that can be published.</summary>
    public Optional<MediaId?> Avatar { get; init; }

    /// <summary>The persona's position on the panel, lowest first. Null sets the default, 0.</summary>
    public Optional<int?> Order { get; init; }

    /// <summary>Whether the persona writes takes. Null sets the default, true.</summary>
    public Optional<bool?> IsActive { get; init; }

    /// <summary>Whether an AI model writes the persona's takes. Null sets the default, false.</summary>
    public Optional<bool?> IsAi { get; init; }

    /// <summary>Returns the fields with those that were sent; null clears a field or sets its default.</summary>
    private protected PersonaFields Apply(PersonaFields fields) =>
        fields with
        {
            Profile = fields.Profile with
            {
                Bio = Bio.Or(fields.Profile.Bio),
                VoiceGuide = VoiceGuide.Or(fields.Profile.VoiceGuide),
            },
            AccentColour = AccentColour.Or(fields.AccentColour),
            Avatar = Avatar.Or(fields.Avatar),
            Order = Order.Or(fields.Order) ?? 0,
            IsActive = IsActive.Or(fields.IsActive) ?? true,
            IsAi = IsAi.Or(fields.IsAi) ?? false,
        };
}

/// <summary>The persona to add to the panel.</summary>
[GraphQLName("CreatePersonaInput")]
public sealed record NewPersona : PersonaWords
{
    /// <summary>The persona's name.</summary>
    public required string Name { get; init; }

    /// <summary>The persona's perspective on the news.</summary>
    public required string Lens { get; init; }

    /// <summary>
    /// The slug in the persona's URL. Made from the name by default. It cannot be changed later.
    /// </summary>
    public string? Slug { get; init; }

    internal CreatePersonaInput ToInput() =>
        new()
        {
            Fields = Apply(
                new PersonaFields
                {
                    Slug = Slug,
                    Profile = new PersonaProfile { Name = Name, Lens = Lens },
                }
            ),
        };
}

/// <summary>
/// The changes to a persona. Omitted fields keep their values; null clears a field or restores its default.
/// </summary>
[GraphQLName("EditPersonaInput")]
public sealed record EditedPersona : PersonaWords
{
    /// <summary>The id of the persona.</summary>
    public required PersonaId Id { get; init; }

    /// <summary>The persona's name. It cannot be empty.</summary>
    public Optional<string?> Name { get; init; }

    /// <summary>The persona's perspective on the news. It cannot be empty.</summary>
    public Optional<string?> Lens { get; init; }

    /// <summary>The slug in the persona's URL. It cannot be changed: send the current one, or leave it out.</summary>
    public string? Slug { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }

    internal EditPersonaInput ToInput() =>
        new()
        {
            Id = Id,
            Edit = fields =>
                Apply(
                    fields with
                    {
                        Slug = Slug,
                        Profile = fields.Profile with
                        {
                            Name = Name.Or(fields.Profile.Name) ?? "",
                            Lens = Lens.Or(fields.Profile.Lens) ?? "",
                        },
                    }
                ),
            ExpectedVersion = ExpectedVersion,
        };
}

/// <summary>The take to draft.</summary>
[GraphQLName("DraftTakeInput")]
public sealed record NewTake : MutationInput
{
    /// <summary>The id of the article that the take is about.</summary>
    public required ArticleId Article { get; init; }

    /// <summary>The id of the persona that writes the take.</summary>
    public required PersonaId Persona { get; init; }

    /// <summary>The text of the take.</summary>
    public required string Text { get; init; }

    /// <summary>The position that the take adopts; default MIXED.</summary>
    public Stance Stance { get; init; } = Stance.Mixed;

    /// <summary>The persona's confidence in the take, from 0 to 100; default 50.</summary>
    public int Confidence { get; init; } = 50;

    /// <summary>A one-line summary of the take.</summary>
    public string? Verdict { get; init; }

    /// <summary>The passage that the take refers to. If omitted, the take refers to the whole article.</summary>
    public TakeAnchor? Anchor { get; init; }

    /// <summary>The id of the take on the same article that this one replies to.</summary>
    public TakeId? InReplyTo { get; init; }

    /// <summary>The AI model that drafted the text. Later revisions inherit it.</summary>
    public Optional<DraftedWith?> DraftedWith { get; init; }

    internal DraftTakeInput ToInput() =>
        new()
        {
            Article = Article,
            Persona = Persona,
            Content = new TakeContent
            {
                Text = Text,
                Stance = Stance,
                Confidence = Confidence,
                Verdict = Verdict,
            },
            Anchor = Anchor,
            InReplyTo = InReplyTo,
            DraftedWith = DraftedWith,
        };
}

/// <summary>
/// The changes to a take. Omitted fields keep their values; null clears a field or restores its default.
/// </summary>
[GraphQLName("SaveTakeInput")]
public sealed record EditedTake : MutationInput
{
    /// <summary>The id of the take.</summary>
    public required TakeId Id { get; init; }

    /// <summary>The text of the take. It cannot be empty.</summary>
    public Optional<string?> Text { get; init; }

    /// <summary>The position that the take adopts.</summary>
    public Optional<Stance?> Stance { get; init; }

    /// <summary>The persona's confidence in the take, from 0 to 100.</summary>
    public Optional<int?> Confidence { get; init; }

    /// <summary>A one-line summary of the take.</summary>
    public Optional<string?> Verdict { get; init; }

    /// <summary>The passage that the take refers to; null for the whole article.</summary>
    public Optional<TakeAnchor?> Anchor { get; init; }

    /// <summary>The id of the take on the same article that this one replies to.</summary>
    public Optional<TakeId?> InReplyTo { get; init; }

    /// <summary>
    /// The AI model that drafted this text. If omitted, the revision inherits it. Only editors can remove it.
    /// </summary>
    public Optional<DraftedWith?> DraftedWith { get; init; }

    /// <summary>The version that the writer last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }

    internal SaveTakeInput ToInput() =>
        new()
        {
            Id = Id,
            Edit = draft =>
                draft with
                {
                    Content = draft.Content with
                    {
                        Text = Text.Or(draft.Content.Text) ?? "",
                        Stance = Stance.Or(draft.Content.Stance) ?? Panel.Stance.Mixed,
                        Confidence = Confidence.Or(draft.Content.Confidence) ?? 50,
                        Verdict = Verdict.Or(draft.Content.Verdict),
                    },
                    Anchor = Anchor.Or(draft.Anchor),
                    InReplyTo = InReplyTo.Or(draft.InReplyTo),
                },
            DraftedWith = DraftedWith,
            ExpectedVersion = ExpectedVersion,
        };
}
