using Cms.GraphQL;
using Cms.Panel;

namespace Cms.Import;

/// <summary>
/// A take that the article has, but the file does not, with the takes that its newest and its approved revision answer.
/// </summary>
internal sealed record OtherTake(TakeId Id, PersonaId Persona, IReadOnlyList<TakeId> Answers);

/// <summary>Checks which takes the takes of a file answer. The order of the takes does not matter.</summary>
internal static class ImportedReplies
{
    /// <summary>Returns why takes cannot answer what the file says.</summary>
    /// <param name="takes">The takes of the file.</param>
    /// <param name="others">The other takes on the article that were not retracted.</param>
    /// <param name="idOf">Returns the id of a persona's take in the file.</param>
    public static IEnumerable<UserError> Refusals(
        IReadOnlyList<ImportedTake> takes,
        IReadOnlyList<OtherTake> others,
        Func<PersonaId, TakeId> idOf
    )
    {
        foreach (var take in takes)
        {
            if (take.InReplyTo is not { } answered)
            {
                continue;
            }

            var (persona, target) = (take.Persona.Profile.Name, answered.Profile.Name);
            var written = takes.FirstOrDefault(t => t.Persona.Id == answered.Id);
            var other = others.FirstOrDefault(t => t.Persona == answered.Id);
            if (answered.Id == take.Persona.Id)
            {
                yield return new ReplyToItself(persona) { Path = ["takes"] };
            }
            else if (written is null && other is null)
            {
                yield return new ReplyWithoutTarget(persona, target) { Path = ["takes"] };
            }
            else if (
                written?.InReplyTo is not null
                || other?.Answers.Count > 0
                || others.Any(t => t.Answers.Contains(idOf(take.Persona.Id)))
            )
            {
                yield return new ReplyToReply(persona, target) { Path = ["takes"] };
            }
        }
    }
}
