using Cms.Studio.Access;
using Cms.Studio.Api;
using Cms.Studio.Layout;

namespace Cms.Studio.Taxonomy;

/// <summary>A page about the terms of one kind.</summary>
public abstract class TermScreen : StudioPage
{
    // The API has no search for terms, so pages read the list. Newsrooms rarely have more terms than this.
    private const int MaxRequests = 10;
    private const int Size = 100;

    protected override StudioRole Role => StudioRole.Editor;

    /// <summary>The kind, which the address says.</summary>
    internal TermKind Kind => TermKind.Of(Http.Request.Path);

    /// <summary>Reads a page of the list.</summary>
    /// <param name="window">Which page.</param>
    /// <param name="uses">Whether to count what uses each term.</param>
    private protected async Task<TermList?> ListAsync(Dictionary<string, object?> window, bool uses)
    {
        window["uses"] = uses;
        var data = Kind.Key switch
        {
            "categories" => await Api.SendAsync<TermListData>("StudioCategories", window),
            "tags" => await Api.SendAsync<TermListData>("StudioTags", window),
            "sources" => await Api.SendAsync<TermListData>("StudioSources", window),
            _ => await Api.SendAsync<TermListData>("StudioAuthors", window),
        };
        return data.Desk?.Terms;
    }

    /// <summary>Reads the terms that meet a condition.</summary>
    private protected async Task<TermsFound> FindAsync(Func<TermRow, bool> isWanted, bool uses)
    {
        List<TermRow> found = [];
        var (searched, isCut) = (0, false);
        string? after = null;
        for (var request = 0; request < MaxRequests; request++)
        {
            if (await ListAsync(ListWindow.Of(after, before: null, Size), uses) is not { } page)
            {
                break;
            }

            found.AddRange(page.Nodes.Where(isWanted));
            searched += page.Nodes.Count;
            (after, isCut) = (page.PageInfo.EndCursor, page.PageInfo.HasNextPage);
            if (!isCut)
            {
                break;
            }
        }

        return new TermsFound(found, searched, isCut);
    }

    /// <summary>Reads a term; null if there is none with this id.</summary>
    private protected async Task<TermDetail?> ReadAsync(string id)
    {
        var data = Kind.Key switch
        {
            "categories" => await Api.SendAsync<TermData>("StudioCategory", new { id }),
            "tags" => await Api.SendAsync<TermData>("StudioTag", new { id }),
            "sources" => await Api.SendAsync<TermData>("StudioSource", new { id }),
            _ => await Api.SendAsync<TermData>("StudioAuthor", new { id }),
        };
        return data.Desk?.Term;
    }

    private protected Task CreateAsync(object input, string done) =>
        Kind.Key switch
        {
            "categories" => ChangeAsync<TermChanged>("StudioCreateCategory", input, ErrorsOf, done, Kind.Path),
            "tags" => ChangeAsync<TermChanged>("StudioCreateTag", input, ErrorsOf, done, Kind.Path),
            "sources" => ChangeAsync<TermChanged>("StudioCreateSource", input, ErrorsOf, done, Kind.Path),
            _ => ChangeAsync<TermChanged>("StudioCreateAuthor", input, ErrorsOf, done, Kind.Path),
        };

    private protected Task EditAsync(object input, string done, string? next = null) =>
        Kind.Key switch
        {
            "categories" => ChangeAsync<TermChanged>("StudioEditCategory", input, ErrorsOf, done, next),
            "tags" => ChangeAsync<TermChanged>("StudioEditTag", input, ErrorsOf, done, next),
            "sources" => ChangeAsync<TermChanged>("StudioEditSource", input, ErrorsOf, done, next),
            _ => ChangeAsync<TermChanged>("StudioEditAuthor", input, ErrorsOf, done, next),
        };

    private protected Task RenameAsync(object input, string done) =>
        Kind.Key switch
        {
            "categories" => ChangeAsync<TermChanged>("StudioRenameCategory", input, ErrorsOf, done),
            "tags" => ChangeAsync<TermChanged>("StudioRenameTag", input, ErrorsOf, done),
            "sources" => ChangeAsync<TermChanged>("StudioRenameSource", input, ErrorsOf, done),
            _ => ChangeAsync<TermChanged>("StudioRenameAuthor", input, ErrorsOf, done),
        };

    private protected Task MergeAsync(object input, string done, string next) =>
        Kind.Key switch
        {
            "categories" => ChangeAsync<TermChanged>("StudioMergeCategories", input, ErrorsOf, done, next),
            "tags" => ChangeAsync<TermChanged>("StudioMergeTags", input, ErrorsOf, done, next),
            "sources" => ChangeAsync<TermChanged>("StudioMergeSources", input, ErrorsOf, done, next),
            _ => ChangeAsync<TermChanged>("StudioMergeAuthors", input, ErrorsOf, done, next),
        };

    private protected Task DeleteAsync(object input, string done) =>
        Kind.Key switch
        {
            "categories" => ChangeAsync<TermChanged>("StudioDeleteCategory", input, ErrorsOf, done, Kind.Path),
            "tags" => ChangeAsync<TermChanged>("StudioDeleteTag", input, ErrorsOf, done, Kind.Path),
            "sources" => ChangeAsync<TermChanged>("StudioDeleteSource", input, ErrorsOf, done, Kind.Path),
            _ => ChangeAsync<TermChanged>("StudioDeleteAuthor", input, ErrorsOf, done, Kind.Path),
        };

    private static IReadOnlyList<Refusal> ErrorsOf(TermChanged answer) => answer.Changed.Errors;
}
