using Cms.Reading;

namespace Cms.Panel.Reading;

/// <summary>A page of a list of takes.</summary>
/// <param name="Personas">Whose takes; null for everyone's.</param>
/// <param name="Window">From where to where it was read.</param>
internal sealed record TakeListRead(IReadOnlyCollection<PersonaId>? Personas, Window<TakeId> Window) : IListRead
{
    /// <summary>Whether the whole list was counted.</summary>
    public bool IsCounted { get; set; }

    // What a take says goes with its article, which is read too; here it is which takes there are.
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
