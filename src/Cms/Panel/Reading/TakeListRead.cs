using Cms.Reading;

namespace Cms.Panel.Reading;

/// <summary>Records that a response contains a page of a list of takes.</summary>
/// <param name="Personas">The personas whose takes are listed; null for all.</param>
/// <param name="Window">The range of the list that was read.</param>
internal sealed record TakeListRead(IReadOnlyCollection<PersonaId>? Personas, Window<TakeId> Window) : IListRead
{
    /// <summary>Whether the whole list was counted.</summary>
    public bool IsCounted { get; set; }

    // Checks only whether takes were added or removed. Their content changes only when the article changes, and reads
    // of articles are recorded separately.
    public bool IsChangedBy(ArticleState? before, ArticleState? after)
    {
        var was = before?.Takes ?? new HashSet<TakeState>();
        var isNow = after?.Takes ?? new HashSet<TakeState>();
        return was.Except(isNow)
            .Concat(isNow.Except(was))
            .Any(take =>
                Personas?.Contains(take.Persona) is not false
                && (IsCounted || Window.Holds((take.PublishedAt, take.Id)))
            );
    }
}
