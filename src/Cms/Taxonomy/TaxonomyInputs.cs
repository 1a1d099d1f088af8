using Cms.GraphQL;

namespace Cms.Taxonomy;

/// <summary>
/// The fields that only a category has. Omitted fields keep their values; null clears a field or restores its default.
/// </summary>
public abstract record CategoryWords : MutationInput
{
    /// <summary>
    /// The position in lists of categories: smaller numbers come first. Null sets the default, 0. Categories with the
    /// same position are sorted by slug.
    /// </summary>
    public Optional<int?> Order { get; init; }

    /// <summary>The colour: # and six hexadecimal digits, such as `#0a7d55`.</summary>
    public Optional<string?> Colour { get; init; }

    /// <summary>Returns the fields with those that were sent.</summary>
    private protected TermFields Apply(TermFields fields) =>
        fields with
        {
            Order = Order.Or(fields.Order) ?? 0,
            Colour = Colour.Or(fields.Colour),
        };
}

/// <summary>The category to add.</summary>
[GraphQLName("CreateCategoryInput")]
public sealed record NewCategory : CategoryWords
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The slug in the URL of the category's page. If omitted, it is made from the name.</summary>
    public string? Slug { get; init; }

    internal CreateTermInput ToInput() => new() { Fields = Apply(new TermFields { Name = Name }), Slug = Slug };
}

/// <summary>
/// The changes to a category. Omitted fields keep their values; null clears a field or restores its default.
/// </summary>
[GraphQLName("EditCategoryInput")]
public sealed record EditedCategory : CategoryWords
{
    /// <summary>The category's id.</summary>
    public required CategoryId Id { get; init; }

    /// <summary>The name. It cannot be empty.</summary>
    public Optional<string?> Name { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }

    internal EditTermInput<CategoryId> ToInput() =>
        new()
        {
            Id = Id,
            Edit = fields => Apply(fields with { Name = Name.Or(fields.Name) ?? "" }),
            ExpectedVersion = ExpectedVersion,
        };
}

/// <summary>The category to rename, and its new slug.</summary>
public sealed record RenameCategoryInput : MutationInput
{
    /// <summary>The category's id.</summary>
    public required CategoryId Id { get; init; }

    /// <summary>The new slug.</summary>
    public required string Slug { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }

    internal RenameTermInput<CategoryId> ToInput() =>
        new()
        {
            Id = Id,
            Slug = Slug,
            ExpectedVersion = ExpectedVersion,
        };
}

/// <summary>The two categories to merge.</summary>
public sealed record MergeCategoriesInput : MutationInput
{
    /// <summary>The id of the category to merge into the other one.</summary>
    public required CategoryId From { get; init; }

    /// <summary>The id of the category that remains.</summary>
    public required CategoryId Into { get; init; }

    /// <summary>
    /// The version of the category to merge into the other one, as the editor last read it; null skips the check for
    /// newer changes.
    /// </summary>
    public int? ExpectedVersion { get; init; }

    internal MergeTermsInput<CategoryId> ToInput() =>
        new()
        {
            From = From,
            Into = Into,
            ExpectedVersion = ExpectedVersion,
        };
}

/// <summary>The category to delete.</summary>
public sealed record DeleteCategoryInput : MutationInput
{
    /// <summary>The category's id.</summary>
    public required CategoryId Id { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }

    internal DeleteTermInput<CategoryId> ToInput() => new() { Id = Id, ExpectedVersion = ExpectedVersion };
}

/// <summary>The tag to add.</summary>
[GraphQLName("CreateTagInput")]
public sealed record NewTag : MutationInput
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The slug in the URL of the tag's page. If omitted, it is made from the name.</summary>
    public string? Slug { get; init; }

    internal CreateTermInput ToInput() =>
        new()
        {
            Fields = new TermFields { Name = Name },
            Slug = Slug,
        };
}

/// <summary>The changes to a tag. Omitted fields keep their values.</summary>
[GraphQLName("EditTagInput")]
public sealed record EditedTag : MutationInput
{
    /// <summary>The tag's id.</summary>
    public required TagId Id { get; init; }

    /// <summary>The name. It cannot be empty.</summary>
    public Optional<string?> Name { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }

    internal EditTermInput<TagId> ToInput() =>
        new()
        {
            Id = Id,
            Edit = fields => fields with { Name = Name.Or(fields.Name) ?? "" },
            ExpectedVersion = ExpectedVersion,
        };
}

/// <summary>The tag to rename, and its new slug.</summary>
public sealed record RenameTagInput : MutationInput
{
    /// <summary>The tag's id.</summary>
    public required TagId Id { get; init; }

    /// <summary>The new slug.</summary>
    public required string Slug { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }

    internal RenameTermInput<TagId> ToInput() =>
        new()
        {
            Id = Id,
            Slug = Slug,
            ExpectedVersion = ExpectedVersion,
        };
}

/// <summary>The two tags to merge.</summary>
public sealed record MergeTagsInput : MutationInput
{
    /// <summary>The id of the tag to merge into the other one.</summary>
    public required TagId From { get; init; }

    /// <summary>The id of the tag that remains.</summary>
    public required TagId Into { get; init; }

    /// <summary>
    /// The version of the tag to merge into the other one, as the editor last read it; null skips the check for newer
    /// changes.
    /// </summary>
    public int? ExpectedVersion { get; init; }

    internal MergeTermsInput<TagId> ToInput() =>
        new()
        {
            From = From,
            Into = Into,
            ExpectedVersion = ExpectedVersion,
        };
}

/// <summary>The tag to delete.</summary>
public sealed record DeleteTagInput : MutationInput
{
    /// <summary>The tag's id.</summary>
    public required TagId Id { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }

    internal DeleteTermInput<TagId> ToInput() => new() { Id = Id, ExpectedVersion = ExpectedVersion };
}

/// <summary>The fields that only a source has. Omitted fields keep their values; null clears a field.</summary>
public abstract record SourceWords : MutationInput
{
    /// <summary>The URL of the publication's home page.</summary>
    public Optional<string?> Homepage { get; init; }

    /// <summary>Returns the fields with those that were sent.</summary>
    private protected TermFields Apply(TermFields fields) => fields with { Homepage = Homepage.Or(fields.Homepage) };
}

/// <summary>The source to add.</summary>
[GraphQLName("CreateSourceInput")]
public sealed record NewSource : SourceWords
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The slug in the URL of the source's page. If omitted, it is made from the name.</summary>
    public string? Slug { get; init; }

    internal CreateTermInput ToInput() => new() { Fields = Apply(new TermFields { Name = Name }), Slug = Slug };
}

/// <summary>The changes to a source. Omitted fields keep their values; null clears a field.</summary>
[GraphQLName("EditSourceInput")]
public sealed record EditedSource : SourceWords
{
    /// <summary>The source's id.</summary>
    public required SourceId Id { get; init; }

    /// <summary>The name. It cannot be empty.</summary>
    public Optional<string?> Name { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }

    internal EditTermInput<SourceId> ToInput() =>
        new()
        {
            Id = Id,
            Edit = fields => Apply(fields with { Name = Name.Or(fields.Name) ?? "" }),
            ExpectedVersion = ExpectedVersion,
        };
}

/// <summary>The source to rename, and its new slug.</summary>
public sealed record RenameSourceInput : MutationInput
{
    /// <summary>The source's id.</summary>
    public required SourceId Id { get; init; }

    /// <summary>The new slug.</summary>
    public required string Slug { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }

    internal RenameTermInput<SourceId> ToInput() =>
        new()
        {
            Id = Id,
            Slug = Slug,
            ExpectedVersion = ExpectedVersion,
        };
}

/// <summary>The two sources to merge.</summary>
public sealed record MergeSourcesInput : MutationInput
{
    /// <summary>The id of the source to merge into the other one.</summary>
    public required SourceId From { get; init; }

    /// <summary>The id of the source that remains.</summary>
    public required SourceId Into { get; init; }

    /// <summary>
    /// The version of the source to merge into the other one, as the editor last read it; null skips the check for
    /// newer changes.
    /// </summary>
    public int? ExpectedVersion { get; init; }

    internal MergeTermsInput<SourceId> ToInput() =>
        new()
        {
            From = From,
            Into = Into,
            ExpectedVersion = ExpectedVersion,
        };
}

/// <summary>The source to delete.</summary>
public sealed record DeleteSourceInput : MutationInput
{
    /// <summary>The source's id.</summary>
    public required SourceId Id { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }

    internal DeleteTermInput<SourceId> ToInput() => new() { Id = Id, ExpectedVersion = ExpectedVersion };
}
