namespace Cms.Studio.Fronts;

/// <summary>The articles that somebody is putting in order. They are in the address until they are saved, so that the Back button undoes a step.</summary>
/// <param name="Ids">The ids of the articles, in order.</param>
internal sealed record FrontDraft(IReadOnlyList<string> Ids)
{
    /// <summary>The most articles that a front can have.</summary>
    public const int MaxArticles = 20;

    public bool IsFull => Ids.Count >= MaxArticles;

    public bool Has(string id) => Ids.Contains(id, StringComparer.Ordinal);

    /// <summary>Moves an article to the place before or after its own.</summary>
    public FrontDraft Move(string id, int by)
    {
        List<string> moved = [.. Ids];
        var from = moved.IndexOf(id);
        if (from < 0 || from + by < 0 || from + by >= moved.Count)
        {
            return this;
        }

        moved.RemoveAt(from);
        moved.Insert(from + by, id);
        return new FrontDraft(moved);
    }

    public FrontDraft Remove(string id) => new([.. Ids.Where(other => other != id)]);

    /// <summary>Adds an article at the top, where editors put news.</summary>
    public FrontDraft Add(string id) => Has(id) || IsFull ? this : new FrontDraft([id, .. Ids]);
}
