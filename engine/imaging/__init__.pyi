from .archives import (
    is_directory_file as is_directory_file,
    is_zip as is_zip,
    unpack as unpack,
)
from .dicom.header import (
    decode_text as decode_text,
)
from .display import (
    apply_voi as apply_voi,
    auto_window as auto_window,
    auto_window_of as auto_window_of,
    best_window as best_window,
    box_values as box_values,
    default_voi as default_voi,
    encoded_rgb as encoded_rgb,
    from_oklab as from_oklab,
    full_window as full_window,
    linear_rgb as linear_rgb,
    oklab as oklab,
    split_rgb as split_rgb,
    thumbnail as thumbnail,
)
from .folders import (
    Listing as Listing,
    first_image as first_image,
    image_files as image_files,
    is_presentation as is_presentation,
    list_images as list_images,
    look_through as look_through,
    presentations_beside as presentations_beside,
)
from .guarded import (
    be_the_guarded_process as be_the_guarded_process,
    describe_frame as describe_frame,
    prepare_reading as prepare_reading,
    read_directory as read_directory,
    read_frame as read_frame,
    read_heads as read_heads,
    read_image as read_image,
    read_presentation as read_presentation,
    read_stored as read_stored,
    read_tags as read_tags,
    try_again as try_again,
)
from .heads import (
    read_studies as read_studies,
)
from .mask_files import (
    RASTERS as RASTERS,
    Segment as Segment,
    instance_of as instance_of,
    is_dicom as is_dicom,
    read_mask as read_mask,
    read_segments as read_segments,
    stored_size as stored_size,
    write_mask as write_mask,
)
from .presets import (
    WindowMenu as WindowMenu,
    WindowPreset as WindowPreset,
    presets_fault as presets_fault,
    presets_path as presets_path,
    read_window_presets as read_window_presets,
    window_menu as window_menu,
    window_presets as window_presets,
)
from .series import (
    FileHead as FileHead,
    grouped_studies as grouped_studies,
)
from .source import (
    Remembered as Remembered,
    file_stamp as file_stamp,
    film_identity as film_identity,
    film_key as film_key,
    header_digest as header_digest,
    stamp_of as stamp_of,
    told_apart as told_apart,
)
from .surround import (
    WIDE as WIDE,
    Area as Area,
    Borders as Borders,
    border_words as border_words,
    borders as borders,
    film_area as film_area,
)
from .volume import (
    StoredFrame as StoredFrame,
)
