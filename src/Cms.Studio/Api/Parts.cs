namespace Cms.Studio.Api;

/// <summary>Something with a name.</summary>
public sealed record Named(string Name);

/// <summary>Something with an id.</summary>
public sealed record Key(string Id);

/// <summary>Something with an id and a name.</summary>
public sealed record NamedKey(string Id, string Name);

/// <summary>Something that a list can be filtered by.</summary>
public sealed record Choice(string Id, string Slug, string Name);

/// <summary>What a list can be filtered by.</summary>
public sealed record Choices(IReadOnlyList<Choice> Nodes);

/// <summary>People who can be asked to write something.</summary>
public sealed record Staff(IReadOnlyList<NamedKey> Nodes);

/// <summary>A picture at one size.</summary>
public sealed record Picture(string Url);
