using Cms.Articles;
using Cms.GraphQL;
using Cms.Media;

namespace Cms.Panel.Drafting;

/// <summary>Everything that is said of a persona: what is left out is emptied.</summary>
public abstract record PersonaWords
{
    /// <summary>The words of its URL; made of the name when left out, and fixed from then on.</summary>
    public string? Slug { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The angle it reads the news from.</summary>
    public required string Lens { get; init; }

    /// <summary>Who it is.</summary>
    public string? Bio { get; init; }

    /// <summary>How it writes. Only staff see this.</summary>
    public string? VoiceGuide { get; init; }

    /// <summary>Its colour as #rrggbb.</summary>
    public string? AccentColour { get; init; }

    /// <summary>Its picture: an image of the library that is described and credited.</summary>
    public MediaId? Avatar { get; init; }

    /// <summary>Its place on the panel, lowest first.</summary>
    public int Order { get; init; }

    /// <summary>Whether it still adds takes; yes when left out.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Whether a model writes its takes; no when left out.</summary>
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

/// <summary>A member to add to the panel.</summary>
[GraphQLName("CreatePersonaInput")]
public sealed record NewPersona : PersonaWords
{
    internal CreatePersonaInput ToInput() => new() { Fields = ToFields() };
}

/// <summary>A member of the panel as it shall present itself.</summary>
[GraphQLName("EditPersonaInput")]
public sealed record EditedPersona : PersonaWords
{
    /// <summary>The persona.</summary>
    public required PersonaId Id { get; init; }

    /// <summary>The version the change began from; null overwrites whatever stands.</summary>
    public int? ExpectedVersion { get; init; }

    internal EditPersonaInput ToInput() =>
        new()
        {
            Id = Id,
            Fields = ToFields(),
            ExpectedVersion = ExpectedVersion,
        };
}

/// <summary>A persona's take on an article.</summary>
[GraphQLName("DraftTakeInput")]
public sealed record NewTake
{
    /// <summary>The article it is about.</summary>
    public required ArticleId Article { get; init; }

    /// <summary>Whose take it is.</summary>
    public required PersonaId Persona { get; init; }

    /// <summary>The take.</summary>
    public required string Text { get; init; }

    /// <summary>Which way it leans; MIXED when left out.</summary>
    public Stance Stance { get; init; } = Stance.Mixed;

    /// <summary>How sure the persona is, 0 to 100; 50 when left out.</summary>
    public int Confidence { get; init; } = 50;

    /// <summary>The take in one line.</summary>
    public string? Verdict { get; init; }

    /// <summary>The passage it speaks of.</summary>
    public TakeAnchor? Anchor { get; init; }

    /// <summary>The take on the same article that this one answers.</summary>
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
