using Cms.GraphQL;
using Cms.Media;
using Cms.Taxonomy;

namespace Cms.Authors;

/// <summary>A link in the profile of an author.</summary>
public sealed record AuthorLinkInput
{
    /// <summary>The text of the link, at most 120 characters.</summary>
    public required string Label { get; init; }

    /// <summary>The URL, which begins with https://.</summary>
    public required string Url { get; init; }

    internal AuthorLink ToLink() => new(Label.Trim(), Url);
}

/// <summary>The fields that only an author has. Omitted fields keep their values; null clears a field.</summary>
public abstract record AuthorWords : MutationInput
{
    /// <summary>A biography as plain text, at most 2,000 characters.</summary>
    public Optional<string?> Bio { get; init; }

    /// <summary>The id of the author's picture: an image in the library that can be published.</summary>
    public Optional<MediaId?> Avatar { get; init; }

    /// <summary>
    /// The author's pages on other sites, in the order in which to show them, at most 10. In editAuthor, the new list
    /// replaces all earlier links.
    /// </summary>
    public Optional<IReadOnlyList<AuthorLinkInput>?> Links { get; init; }

    /// <summary>Returns the fields with those that were sent.</summary>
    private protected TermFields Apply(TermFields fields) =>
        fields with
        {
            Bio = Bio.Or(fields.Bio),
            Avatar = Avatar.Or(fields.Avatar),
            Links = Links.HasValue ? [.. (Links.Value ?? []).Select(link => link.ToLink())] : fields.Links,
        };
}

/// <summary>The author to add.</summary>
[GraphQLName("CreateAuthorInput")]
public sealed record NewAuthor : AuthorWords
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The slug in the URL of the author's page. If omitted, it is made from the name.</summary>
    public string? Slug { get; init; }

    internal CreateTermInput ToInput() => new() { Fields = Apply(new TermFields { Name = Name }), Slug = Slug };
}

/// <summary>The changes to an author. Omitted fields keep their values; null clears a field.</summary>
[GraphQLName("EditAuthorInput")]
public sealed record EditedAuthor : AuthorWords
{
    /// <summary>The author's id.</summary>
    public required AuthorId Id { get; init; }

    /// <summary>The name. It cannot be empty.</summary>
    public Optional<string?> Name { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }

    internal EditTermInput<AuthorId> ToInput() =>
        new()
        {
            Id = Id,
            Edit = fields => Apply(fields with { Name = Name.Or(fields.Name) ?? "" }),
            ExpectedVersion = ExpectedVersion,
        };
}

/// <summary>The author to rename, and its new slug.</summary>
public sealed record RenameAuthorInput : MutationInput
{
    /// <summary>The author's id.</summary>
    public required AuthorId Id { get; init; }

    /// <summary>The new slug.</summary>
    public required string Slug { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }

    internal RenameTermInput<AuthorId> ToInput() =>
        new()
        {
            Id = Id,
            Slug = Slug,
            ExpectedVersion = ExpectedVersion,
        };
}

/// <summary>The two profiles to merge.</summary>
public sealed record MergeAuthorsInput : MutationInput
{
    /// <summary>The id of the author to merge into the other one.</summary>
    public required AuthorId From { get; init; }

    /// <summary>The id of the author that remains.</summary>
    public required AuthorId Into { get; init; }

    /// <summary>
    /// The version of the author to merge into the other one, as the editor last read it; null skips the check for
    /// newer changes.
    /// </summary>
    public int? ExpectedVersion { get; init; }

    internal MergeTermsInput<AuthorId> ToInput() =>
        new()
        {
            From = From,
            Into = Into,
            ExpectedVersion = ExpectedVersion,
        };
}

/// <summary>The author to delete.</summary>
public sealed record DeleteAuthorInput : MutationInput
{
    /// <summary>The author's id.</summary>
    public required AuthorId Id { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }

    internal DeleteTermInput<AuthorId> ToInput() => new() { Id = Id, ExpectedVersion = ExpectedVersion };
}
