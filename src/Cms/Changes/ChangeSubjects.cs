using Cms.Reading;

namespace Cms.Changes;

internal static class ChangeSubjects
{
    extension(ChangeKind kind)
    {
        public ChangeSubject Subject =>
            kind switch
            {
                ChangeKind.PersonaChanged => ChangeSubject.Persona,
                ChangeKind.ToolChanged => ChangeSubject.Tool,
                ChangeKind.CategoryChanged => ChangeSubject.Category,
                ChangeKind.TagChanged => ChangeSubject.Tag,
                ChangeKind.SourceChanged => ChangeSubject.Source,
                ChangeKind.AuthorChanged => ChangeSubject.Author,
                ChangeKind.MediaChanged or ChangeKind.MediaExpired => ChangeSubject.Media,
                ChangeKind.RedirectChanged => ChangeSubject.Redirect,
                ChangeKind.FrontChanged => ChangeSubject.Front,
                _ => ChangeSubject.Article,
            };
    }
}
