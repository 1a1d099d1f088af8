using Cms.Articles;
using Cms.GraphQL;
using Cms.References;
using Cms.Routes;

namespace Cms.Taxonomy;

/// <summary>A department of the newsroom, such as ‘Launch’. An article belongs to at most one category.</summary>
public sealed class Category : Term<CategoryId>, ITerm<Category, CategoryId>, IPageContent
{
    private int _order;
    private string? _colour;

    /// <summary>
    /// The category's position in lists of categories. Categories with the same position are sorted by slug.
    /// </summary>
    public int Order
    {
        get => _order;
        init => _order = value;
    }

    /// <summary>The category's colour as a hexadecimal RGB value, such as `#0a7d55`; null if it has none.</summary>
    public string? Colour
    {
        get => _colour;
        init => _colour = value;
    }

    static TermKind ITerm<Category, CategoryId>.Kind => TermKind.Category;

    static Category ITerm<Category, CategoryId>.Create(CategoryId id, string slug, string name) =>
        new()
        {
            Id = id,
            Slug = slug,
            Name = name,
        };

    static UserError ITerm<Category, CategoryId>.NotFound(CategoryId id) => new CategoryNotFound(id);

    static UserError ITerm<Category, CategoryId>.InUse(CategoryId id, Usages usages) =>
        new CategoryInUse(id, usages.Counts, usages.Users);

    internal override TermFields ToFields() =>
        new()
        {
            Name = Name,
            Order = Order,
            Colour = Colour,
        };

    private protected override void Take(TermFields fields) =>
        (_order, _colour) = (fields.Order, fields.Colour?.ToLowerInvariant());
}

/// <summary>A topic. An article can have several tags.</summary>
public sealed class Tag : Term<TagId>, ITerm<Tag, TagId>, IPageContent
{
    static TermKind ITerm<Tag, TagId>.Kind => TermKind.Tag;

    static Tag ITerm<Tag, TagId>.Create(TagId id, string slug, string name) =>
        new()
        {
            Id = id,
            Slug = slug,
            Name = name,
        };

    static UserError ITerm<Tag, TagId>.NotFound(TagId id) => new TagNotFound(id);

    static UserError ITerm<Tag, TagId>.InUse(TagId id, Usages usages) => new TagInUse(id, usages.Counts, usages.Users);

    internal override TermFields ToFields() => new() { Name = Name };

    private protected override void Take(TermFields fields) { }
}

/// <summary>A publication that articles come from.</summary>
public sealed class Source : Term<SourceId>, ITerm<Source, SourceId>, IPageContent
{
    private string? _homepage;

    /// <summary>The URL of the publication's home page (RFC 3986); null if unknown.</summary>
    public string? Homepage
    {
        get => _homepage;
        init => _homepage = value;
    }

    static TermKind ITerm<Source, SourceId>.Kind => TermKind.Source;

    static Source ITerm<Source, SourceId>.Create(SourceId id, string slug, string name) =>
        new()
        {
            Id = id,
            Slug = slug,
            Name = name,
        };

    static UserError ITerm<Source, SourceId>.NotFound(SourceId id) => new SourceNotFound(id);

    static UserError ITerm<Source, SourceId>.InUse(SourceId id, Usages usages) =>
        new SourceInUse(id, usages.Counts, usages.Users);

    internal override TermFields ToFields() => new() { Name = Name, Homepage = Homepage };

    private protected override void Take(TermFields fields) => _homepage = fields.Homepage;
}
