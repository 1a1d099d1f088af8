using Cms.GraphQL;

namespace Cms.Import;

/// <summary>Counts the outcomes of one run, and collects its refusals and warnings.</summary>
internal sealed class ImportTally(int total, IProgress<ImportProgress>? progress)
{
    private readonly List<RefusedItem> _refused = [];
    private readonly List<string> _warnings = [];
    private int _imported;
    private int _unchanged;
    private int _done;

    public ImportSummary Summary => new(_imported, _unchanged, _refused, _warnings);

    public void Count(ImportItem item, Result<ImportOutcome> outcome)
    {
        progress?.Report(new ImportProgress(++_done, total));
        if (outcome.IsRefused)
        {
            Refuse(item.Origin, outcome.Errors);
            return;
        }

        _warnings.AddRange(item.Warnings.Select(warning => $"{item.Origin}: {warning}"));
        if (outcome.Value is ImportOutcome.Unchanged)
        {
            _unchanged++;
        }
        else
        {
            _imported++;
        }
    }

    public void Warn(string warning) => _warnings.Add(warning);

    public void Refuse(string origin, IEnumerable<UserError> reasons) =>
        _refused.AddRange(reasons.Select(reason => new RefusedItem(origin, reason.Message)));
}
