using Cms.GraphQL;
using Cms.References;

namespace Cms.Taxonomy;

/// <summary>The name of the category, tag, source or author is missing.</summary>
public sealed record TermNameRequired() : UserError("Enter a name.");

/// <summary>The category, tag, source or author was merged into another one.</summary>
/// <param name="MergedIntoId">The id of the category, tag, source or author into which it was merged.</param>
/// <param name="Slug">The slug of the category, tag, source or author into which it was merged.</param>
public sealed record TermMerged([property: GraphQL.ID] string MergedIntoId, string Slug)
    : UserError($"This was merged into ‘{Slug}’. Use that one.");

/// <summary>A category, tag, source or author cannot be merged into itself.</summary>
public sealed record TermMergedIntoItself() : UserError("These are the same. Choose a different one to merge into.");

/// <summary>The category is still in use.</summary>
/// <param name="CategoryId">The category's id.</param>
/// <param name="Counts">The number of uses of each kind.</param>
/// <param name="Users">Up to 10 of the uses.</param>
public sealed record CategoryInUse(CategoryId CategoryId, IReadOnlyList<UsageCount> Counts, IReadOnlyList<Usage> Users)
    : UserError(
        $"The category is still used by {Usages.InWords(Counts, Users)}. Remove it there first, or merge it into another category."
    );

/// <summary>The tag is still in use.</summary>
/// <param name="TagId">The tag's id.</param>
/// <param name="Counts">The number of uses of each kind.</param>
/// <param name="Users">Up to 10 of the uses.</param>
public sealed record TagInUse(TagId TagId, IReadOnlyList<UsageCount> Counts, IReadOnlyList<Usage> Users)
    : UserError(
        $"The tag is still used by {Usages.InWords(Counts, Users)}. Remove it there first, or merge it into another tag."
    );

/// <summary>The source is still in use.</summary>
/// <param name="SourceId">The source's id.</param>
/// <param name="Counts">The number of uses of each kind.</param>
/// <param name="Users">Up to 10 of the uses.</param>
public sealed record SourceInUse(SourceId SourceId, IReadOnlyList<UsageCount> Counts, IReadOnlyList<Usage> Users)
    : UserError(
        $"The source is still used by {Usages.InWords(Counts, Users)}. Remove it there first, or merge it into another source."
    );
