namespace Cms.People;

/// <summary>The AI model that drafted a text.</summary>
public sealed record DraftedWith
{
    /// <summary>The most characters of a name or a version.</summary>
    public const int MaxLength = 120;

    /// <summary>The name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The version of the model. The publishing rule DISCLOSURE requires it.</summary>
    public string? Version { get; init; }
}
