using Cms.Articles;
using Cms.GraphQL;
using Cms.Media;

namespace Cms.Panel.Drafting;

/// <summary>All fields of a persona. Except for the slug, an omitted field is cleared or set to its default.</summary>
public abstract record PersonaWords
{
    /// <summary>
    /// The slug in the persona's URL. If omitted for a new persona, it is made from the name. It cannot be changed
    /// later.
    /// </summary>
    public string? Slug { get; init; }

    /// <summary>The persona's name.</summary>
    public required string Name { get; init; }

    /// <summary>The persona's perspective on the news.</summary>
    public required string Lens { get; init; }

    /// <summary>A description of the persona.</summary>
    public string? Bio { get; init; }

    /// <summary>How the persona writes. Visible to staff only.</summary>
    public string? VoiceGuide { get; init; }

    /// <summary>The persona's colour as #rrggbb.</summary>
    public string? AccentColour { get; init; }

    /// <summary>The id of the persona's picture: an image in the library that can be published.</summary>
    public MediaId? Avatar { get; init; }

    /// <summary>The persona's position on the panel, lowest first.</summary>
    public int Order { get; init; }

    /// <summary>Whether the persona still writes takes; default true.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Whether an AI model writes the persona's takes; default false.</summary>
    public bool IsAi { get; init; }

    internal PersonaFields ToFields() =>
        new()
        {
            Slug = Slug,
            Profile = new PersonaProfile
            {
                Name = Name,
                Lens = Lens,
                Bio = Bio,
                VoiceGuide = VoiceGuide,
            },
            AccentColour = AccentColour,
            Avatar = Avatar,
            Order = Order,
            IsActive = IsActive,
            IsAi = IsAi,
        };
}

/// <summary>The persona to add to the panel.</summary>
[GraphQLName("CreatePersonaInput")]
public sealed record NewPersona : PersonaWords
{
    internal CreatePersonaInput ToInput() => new() { Fields = ToFields() };
}

/// <summary>
/// The persona to change, with all its fields. Except for the slug, an omitted field is cleared or set to its default.
/// </summary>
[GraphQLName("EditPersonaInput")]
public sealed record EditedPersona : PersonaWords
{
    /// <summary>The id of the persona.</summary>
    public required PersonaId Id { get; init; }

    /// <summary>The version that the editor last read; null overwrites any newer version.</summary>
    public int? ExpectedVersion { get; init; }

    internal EditPersonaInput ToInput() =>
        new()
        {
            Id = Id,
            Fields = ToFields(),
            ExpectedVersion = ExpectedVersion,
        };
}

/// <summary>The take to draft.</summary>
[GraphQLName("DraftTakeInput")]
public sealed record NewTake
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
        };
}
