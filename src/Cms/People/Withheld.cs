using Cms.Foundation;
using Cms.GraphQL;
using GraphQL;

namespace Cms.People;

/// <summary>
/// Reports what a partner's agreement withholds from an answer: <c>extensions.entitlement</c> lists the path of each field
/// and the reason. It says nothing about whether there is anything to withhold.
/// </summary>
internal static class Withheld
{
    public const string Text = "TEXT";
    public const string Takes = "TAKES";
    public const string Images = "IMAGES";

    // A client that asks for more has seen the pattern.
    private const int MaxNotes = 200;

    private const string Name = "entitlement";

    extension(IResolveFieldContext context)
    {
        /// <summary>Reports that the agreement withholds the field.</summary>
        public void Withhold(string reason)
        {
            var extensions = context.OutputExtensions;
            lock (extensions)
            {
                if (!extensions.TryGetValue(Name, out var listed))
                {
                    extensions[Name] = listed = new List<object?>();
                }

                var notes = (List<object?>)listed!;
                if (notes.Count < MaxNotes)
                {
                    notes.Add(
                        new Dictionary<string, object?>(StringComparer.Ordinal)
                        {
                            ["path"] = context.ResponsePath.ToList(),
                            ["reason"] = reason,
                        }
                    );
                }
            }
        }
    }

    extension(Viewer viewer)
    {
        /// <summary>Refuses a partner what is the same for everybody and cannot be limited to an agreement.</summary>
        /// <exception cref="RequestError">An agreement limits what the viewer receives.</exception>
        public void RefusePartner()
        {
            if (viewer.Entitlement is not null)
            {
                throw new RequestError(
                    ErrorCodes.NotAuthorized,
                    "This stream contains all articles, also those that your agreement does not include. Read changes(after: …) instead."
                );
            }
        }
    }

    extension(Entitlement? entitlement)
    {
        /// <summary>Reports that a list of takes does not contain those of some or all personas.</summary>
        public void NoteTakes(IResolveFieldContext context)
        {
            if (entitlement is { HiddenPersonas: [_, ..] })
            {
                context.Withhold(Takes);
            }
        }

        /// <summary>Returns a summary with at most the number of words that the agreement includes.</summary>
        public string Cut(string summary) =>
            entitlement is { SummaryWords: { } most } ? PlainLine.FirstWords(summary, most) : summary;
    }
}
