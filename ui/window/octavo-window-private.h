/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-command-palette.h"
#include "octavo-editor.h"
#include "octavo-focus-mode.h"
#include "octavo-link-resolver.h"
#include "octavo-note-history.h"
#include "octavo-note-list-pane.h"
#include "octavo-notes-act.h"
#include "octavo-sidebar.h"
#include "octavo-tag-repository.h"
#include "octavo-toast-overlay.h"
#include "octavo-undo.h"
#include "octavo-user-button.h"
#include "octavo-window.h"

G_BEGIN_DECLS

typedef struct _OctavoBackupUndo OctavoBackupUndo;

struct _OctavoWindow
{
  AdwApplicationWindow parent_instance;

  OctavoNoteBuffers   *buffers;
  OctavoStore         *store; /* of the buffers */
  OctavoSidebar       *sidebar;
  OctavoUserButton    *user_button; /* of the sidebar */
  OctavoNoteListPane  *list_pane;
  OctavoNoteSelection *selection; /* of the list pane */
  OctavoEditor        *editor;

  gint64               user_id;        /* whose notes are made here */
  gboolean             shows_everyone; /* and not just that one's; that matters where there are others */
  gboolean             sidebar_wanted; /* where there is room for it */
  gboolean             creating;       /* the editor holds a note that is not in the list yet */
  gboolean             settled;        /* the list was there once */
  gboolean             realized;       /* the sidebar was filled, or will be after the first frame */
  char                *new_note_tag;   /* of the place where it is made */
  GPtrArray           *undos;          /* what was done here and can be undone, the last one last */
  gint64               undoing;        /* the step that is being undone; 0: none */
  guint                n_acting;       /* things that are being done and can be undone then */
  guint                n_undos_wanted; /* that were asked for before they could be done */
  guint                undo_toast;     /* the last word about what was done; 0: there was none */
  guint                progress_toast; /* of the import or export that runs */
  char                *run_query;      /* of the saved search that is chosen; NULL: none is */
  OctavoBackupUndo    *backup_undo;    /* what came back from a backup last */
  GtkWidget           *backup_banner;  /* made when it is needed first */
  GtkWidget           *damage_banner;  /* likewise, that the file is damaged */
  GCancellable        *exchange;       /* the import or export that runs */
  GtkNativeDialog     *chooser;
  GtkWidget           *focus_before_menu; /* weak: where the main menu was opened from by a key */
  GtkWidget           *pane_before_menu;  /* what was to be seen where one pane is shown at a time */
  gboolean             sidebar_before_menu;

  OctavoFocusMode     *focus_mode; /* NULL: not asked for yet */

  OctavoNoteHistory   *history;
  gint64               history_id;           /* the note that it was told of last */
  guint                history_timer;        /* until that counts */
  gboolean             is_in_history;        /* it is the history that changes the note */
  OctavoWindowState    remembered;           /* what it comes back as */
  gboolean             has_remembered_place; /* a tag, which waits for the tags */

  OctavoToastOverlay  *toasts;
  AdwLeaflet          *outer;
  AdwLeaflet          *inner;
  GtkWidget           *sidebar_separator;
  GtkWidget           *list_separator;
  GtkWidget           *editor_page;
  GtkWidget           *editor_box; /* what is in it */
  GtkWidget           *editor_header;
  GtkWidget           *selection_page; /* made when several notes are selected first */
  GtkWidget           *back_button;
  GtkWidget           *pin_button;
  GtkWidget           *trash_button;
  GtkWidget           *restore_button;
  GtkWidget           *delete_button;
  GtkWidget           *note_menu_button;
  GMenuModel          *note_menu;
};

/* How the window goes on from something that is done to notes. */
typedef struct
{
  gboolean leaves;       /* the notes leave the list */
  gboolean selects_made; /* what comes of it is shown */
  gint64   selected;     /* the note that was selected */
  gint64   next;         /* to be selected where they leave; 0 for none */
} OctavoWindowAct;

/* octavo-window.c */
gint64   octavo_window_get_current_id (OctavoWindow *self);
gboolean octavo_window_is_current_trashed (OctavoWindow *self);
gboolean octavo_window_is_current_pinned (OctavoWindow *self);
void     octavo_window_end_creating (OctavoWindow *self);
void     octavo_window_create_titled_note (OctavoWindow *self, const char *title);

/* octavo-window-panes.c */
void     octavo_window_update_folding (OctavoWindow *self);
gboolean octavo_window_has_focus_in (OctavoWindow *self, gpointer pane);
void     octavo_window_on_focus (OctavoWindow *self);
void     octavo_window_show_list (OctavoWindow *self);
void     octavo_window_show_editor (OctavoWindow *self);
void     octavo_window_go_back (OctavoWindow *self);
void     octavo_window_go_to_next_pane (OctavoWindow *self);
void     octavo_window_open_main_menu (OctavoWindow *self);
void     octavo_window_on_main_menu_closed (OctavoWindow *self);
void     octavo_window_set_sidebar_wanted (OctavoWindow *self, gboolean wanted);

/* octavo-window-backups.c */
void octavo_window_show_backups (OctavoWindow *self);
void octavo_window_undo_backup (OctavoWindow *self);
void octavo_backup_undo_free (OctavoBackupUndo *self);

/* octavo-window-print.c */
void octavo_window_print (OctavoWindow *self);
void octavo_window_export_pdf (OctavoWindow *self);

/* octavo-window-reading.c */
void octavo_window_on_reading (GSimpleAction *action, GVariant *state, gpointer window);
void octavo_window_update_reading (OctavoWindow *self);

/* octavo-window-actions.c */
void octavo_window_add_actions (OctavoWindow *self);
void octavo_window_update_actions (OctavoWindow *self);
void octavo_window_set_action_state (OctavoWindow *self, const char *name, GVariant *state);
void octavo_window_enable_action (OctavoWindow *self, const char *name, gboolean enabled);

/* octavo-window-undo.c */
/* Where one is taken when something is undone. */
typedef struct
{
  gint64      note_id;   /* 0: nowhere */
  gint64      search_id; /* 0: nowhere */
  const char *tag;       /* (nullable) */
} OctavoWindowReturn;

GPtrArray *octavo_window_make_undos (void);
void       octavo_window_did (OctavoWindow *self, gint64 step_id, const OctavoWindowReturn *back, const char *told);
void       octavo_window_begin_act (OctavoWindow *self);
void       octavo_window_end_act (OctavoWindow *self, gint64 step_id, const OctavoWindowReturn *back, const char *told);
void       octavo_window_fail_act (OctavoWindow *self, const char *heading, const char *message);
gboolean   octavo_window_can_undo (OctavoWindow *self);
void       octavo_window_undo (OctavoWindow *self);
void       octavo_window_show_recent_changes (OctavoWindow *self);

/* octavo-window-acts.c */
void octavo_window_select_after (OctavoWindow *self, gint64 id, gint64 next);
void octavo_window_perform (OctavoWindow          *self,
                            OctavoNotesAct        *notes_act,
                            const OctavoWindowAct *act,
                            const char            *told,
                            const char            *failure);

/* octavo-window-notes.c */
GArray  *octavo_window_dup_chosen (OctavoWindow *self);
gboolean octavo_window_has_several (OctavoWindow *self);
void     octavo_window_trash_current (OctavoWindow *self);
void     octavo_window_trash_notes (OctavoWindow *self, const GArray *ids);
void     octavo_window_tag_notes (OctavoWindow *self, const GArray *ids, const char *tag, const char *told);
void     octavo_window_edit_tags (OctavoWindow *self);
void     octavo_window_merge (OctavoWindow *self);
void     octavo_window_restore_current (OctavoWindow *self);
void     octavo_window_ask_to_delete_current (OctavoWindow *self);
void     octavo_window_pin_current (OctavoWindow *self, gboolean pin);
void     octavo_window_copy_current (OctavoWindow *self);
void     octavo_window_add_tag (OctavoWindow *self, gint64 id, const char *tag);

/* octavo-window-history.c */
void octavo_window_add_history (OctavoWindow *self);
void octavo_window_settle_history (OctavoWindow *self);
void octavo_window_drop_history (OctavoWindow *self);

/* octavo-window-drop.c */
gboolean octavo_window_take_drop (OctavoWindow *self, const GValue *value);
void     octavo_window_accept_drops (OctavoWindow *self);
/* octavo-window-restore.c */
void   octavo_window_restore_place (OctavoWindow *self);
void   octavo_window_forget_place (OctavoWindow *self);
gint64 octavo_window_get_first_note (OctavoWindow *self);

/* octavo-window-places.c */
void octavo_window_add_places (OctavoWindow *self);
void octavo_window_update_places (OctavoWindow *self);
void octavo_window_rename_place (OctavoWindow *self);
void octavo_window_delete_place (OctavoWindow *self);

/* octavo-window-searches.c */
void octavo_window_add_searches (OctavoWindow *self);
void octavo_window_run_search (OctavoWindow *self);
void octavo_window_save_search (OctavoWindow *self);
void octavo_window_edit_search (OctavoWindow *self, OctavoSavedSearch *search);
void octavo_window_delete_search (OctavoWindow *self, OctavoSavedSearch *search);
/* octavo-window-users.c */
void octavo_window_make_user_button (OctavoWindow *self);
void octavo_window_add_user_actions (OctavoWindow *self);
void octavo_window_update_user_actions (OctavoWindow *self);
void octavo_window_offer_users (OctavoWindow *self, OctavoCommandPalette *palette);

/* octavo-window-exchange.c */
void octavo_window_import_into (OctavoWindow *self, const char *const *paths, gint64 user_id, const char *tag);
void octavo_window_import (OctavoWindow *self, gboolean folder);
void octavo_window_export (OctavoWindow *self);
void octavo_window_export_current (OctavoWindow *self);
void octavo_window_export_place (OctavoWindow *self);

/* octavo-window-pickers.c */
void octavo_window_jump (OctavoWindow *self);
void octavo_window_show_commands (OctavoWindow *self);

/* octavo-window-find.c */
void octavo_window_find (OctavoWindow *self);
void octavo_window_replace (OctavoWindow *self);
void octavo_window_find_next (OctavoWindow *self);
void octavo_window_find_previous (OctavoWindow *self);
void octavo_window_update_hits (OctavoWindow *self);
void octavo_window_show_first_hit (OctavoWindow *self);
void octavo_window_add_find_keys (OctavoWindow *self);

/* octavo-window-links.c; note: id 0 where there is none */
typedef void (*OctavoWindowFound) (OctavoWindow *self, const OctavoLinkNote *note);

void octavo_window_install_links (GtkWidgetClass *widget_class);
void octavo_window_show_linked_from (OctavoWindow *self);
void octavo_window_find_note (OctavoWindow *self, const char *title, const char *heading, OctavoWindowFound found);

/* octavo-window-view.c */
void     octavo_window_zoom_in (OctavoWindow *self);
void     octavo_window_zoom_out (OctavoWindow *self);
void     octavo_window_zoom_normal (OctavoWindow *self);
gboolean octavo_window_is_focus_mode (OctavoWindow *self);
void     octavo_window_set_focus_mode (OctavoWindow *self, gboolean focus_mode);

/* octavo-window-dialogs.c */
void octavo_window_show_preferences (OctavoWindow *self);
void octavo_window_show_properties (OctavoWindow *self);
void octavo_window_show_versions (OctavoWindow *self);
void octavo_window_show_help (OctavoWindow *self);

/* octavo-window-welcome.c */
void octavo_window_show_welcome (OctavoWindow *self);

/* octavo-window-rename.c */
void octavo_window_install_rename (GtkWidgetClass *widget_class);
void octavo_window_init_rename (OctavoWindow *window);
void octavo_window_update_links (OctavoWindow *window);
void octavo_window_undid_update_links (OctavoWindow *window, gint64 step_id);

/* octavo-window-messages.c */
void octavo_window_toast (OctavoWindow *self, const char *text);
void octavo_window_show_error (OctavoWindow *self, const char *heading, const char *message);
void octavo_window_show_about (OctavoWindow *self);
void octavo_window_show_shortcuts (OctavoWindow *self);

G_END_DECLS
